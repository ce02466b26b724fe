namespace Vic.Guest.Processes;

/// <summary>The user a process runs as.</summary>
/// <param name="User">User number.</param>
/// <param name="Group">Primary group number.</param>
/// <param name="Groups">Supplementary group numbers.</param>
/// <param name="Home">Home directory.</param>
public sealed record ProcessIdentity(uint User, uint Group, IReadOnlyList<uint> Groups, string Home)
{
    /// <summary>The superuser.</summary>
    public static ProcessIdentity Root { get; } = new(0, 0, [], "/root");
}
