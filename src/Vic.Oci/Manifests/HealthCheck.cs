namespace Vic.Oci.Manifests;

/// <summary>A command that tells whether a container is well.</summary>
public sealed record HealthCheck
{
    /// <summary>The command in docker's form: <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c> first.</summary>
    public IReadOnlyList<string>? Test { get; init; }

    /// <summary>The time between two runs, in nanoseconds.</summary>
    public long Interval { get; init; }

    /// <summary>The time a run may take, in nanoseconds.</summary>
    public long Timeout { get; init; }

    /// <summary>The time a container may take to start, in nanoseconds.</summary>
    public long StartPeriod { get; init; }

    /// <summary>The time between two runs while the container starts, in nanoseconds.</summary>
    public long StartInterval { get; init; }

    /// <summary>How many failures in a row make a container unwell.</summary>
    public int Retries { get; init; }
}
