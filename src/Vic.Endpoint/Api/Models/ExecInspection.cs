namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /exec/{id}/json</c>.</summary>
public sealed record ExecInspection
{
    /// <summary>Id.</summary>
    public string ID { get; init; } = "";

    /// <summary>Whether it runs.</summary>
    public bool Running { get; init; }

    /// <summary>Exit code; null until it ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The process.</summary>
    public ExecProcessConfig ProcessConfig { get; init; } = new();

    /// <summary>Input.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Standard error.</summary>
    public bool OpenStderr { get; init; }

    /// <summary>Standard output.</summary>
    public bool OpenStdout { get; init; }

    /// <summary>Unused.</summary>
    public bool CanRemove { get; init; }

    /// <summary>Its container.</summary>
    public string ContainerID { get; init; } = "";

    /// <summary>Unused.</summary>
    public string DetachKeys { get; init; } = "";

    /// <summary>Not known outside the VM.</summary>
    public int Pid { get; init; }
}
