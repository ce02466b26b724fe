namespace Vic.Endpoint.Api.Models;

/// <summary>A container's state as inspect shows it.</summary>
public sealed record ContainerStateView
{
    /// <summary>docker's word.</summary>
    public string Status { get; init; } = "";

    /// <summary>Whether the process runs.</summary>
    public bool Running { get; init; }

    /// <summary>Never: a VCH does not pause.</summary>
    public bool Paused { get; init; }

    /// <summary>Never: a VCH has no restart policies.</summary>
    public bool Restarting { get; init; }

    /// <summary>Not known.</summary>
    public bool OOMKilled { get; init; }

    /// <summary>Whether its removal failed.</summary>
    public bool Dead { get; init; }

    /// <summary>1 while it runs: the process's number is the VM's own affair.</summary>
    public int Pid { get; init; }

    /// <summary>How the last run ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why the last start failed.</summary>
    public string Error { get; init; } = "";

    /// <summary>Start of the last run.</summary>
    public string StartedAt { get; init; } = "";

    /// <summary>End of the last run.</summary>
    public string FinishedAt { get; init; } = "";
}
