namespace Vic.Guest.Sessions;

/// <summary>Limits of the guest's side.</summary>
public sealed class TetherSessionOptions
{
    /// <summary>Bytes of output kept per stream until the endpoint has consumed them; the process waits when it is full.</summary>
    public int OutputCapacity { get; init; } = 256 * 1024;

    /// <summary>
    /// How long a full stream of the main process waits for an endpoint. After that its oldest bytes are given up: the output log has
    /// them, and a container does not stand still because its endpoint is being upgraded.
    /// </summary>
    public TimeSpan OutputGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long output is still read after a process has ended, when another process holds its streams open.</summary>
    public TimeSpan ExitGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Further processes at one time; more are refused.</summary>
    public int MaximumProcesses { get; init; } = 256;
}
