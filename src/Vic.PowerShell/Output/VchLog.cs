using Vic.Engine.Logs;

namespace Vic.PowerShell.Output;

/// <summary>A log of a VCH on its datastore.</summary>
public sealed class VchLog
{
    internal VchLog(string vch, VchLogFile file)
    {
        VCH = vch;
        FileName = file.Name;
        Kind = file.Kind;
        Length = file.Length;
        Modified = file.Modified?.ToLocalTime();
    }

    /// <summary>The name of the VCH.</summary>
    public string VCH { get; }

    /// <summary>The file's name, for <c>Get-VCHLog -FileName</c>.</summary>
    public string FileName { get; }

    /// <summary><c>Endpoint</c>, <c>Deployment</c> or <c>Machine</c>.</summary>
    public VchLogKind Kind { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>When it was written last, local time; empty when the datastore does not tell.</summary>
    public DateTime? Modified { get; }

    /// <inheritdoc/>
    public override string ToString() => FileName;
}
