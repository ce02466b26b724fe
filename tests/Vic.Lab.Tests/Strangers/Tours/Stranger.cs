namespace Vic.Lab.Tests.Strangers.Tours;

/// <summary>Whose client tours a server.</summary>
public enum Stranger
{
    /// <summary>Debian's python3-pyvmomi; the chapters are in <c>Strangers/Pyvmomi/chapters</c>.</summary>
    Pyvmomi,

    /// <summary>Debian's golang-github-vmware-govmomi-dev; the chapters are the files <c>Strangers/Govmomi/chapter_*.go</c>.</summary>
    Govmomi,
}
