namespace Vic.Endpoint.Containers;

/// <summary>A moment of a container's life: never changed, only replaced.</summary>
public sealed record ContainerState
{
    /// <summary>Where it is.</summary>
    public ContainerStatus Status { get; init; }

    /// <summary>How the last run ended; 0 before and during a run.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why the last start failed.</summary>
    public string Error { get; init; } = "";

    /// <summary>When the last run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last run ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether docker calls the container running.</summary>
    public bool IsRunning => Status is ContainerStatus.Running or ContainerStatus.Stopping;

    /// <summary>docker's word for the status.</summary>
    public string Word => Status switch
    {
        ContainerStatus.Running or ContainerStatus.Stopping => "running",
        ContainerStatus.Exited => "exited",
        ContainerStatus.Removing => "removing",
        ContainerStatus.Dead => "dead",
        ContainerStatus.Starting when StartedAt is not null => "exited",
        _ => "created",
    };
}
