namespace Vic.Engine.Requests;

/// <summary>Size of the endpoint VM, and limits of the pool that the VCH and its containers share.</summary>
public sealed record ComputeRequest
{
    /// <summary>Virtual CPUs of the endpoint VM.</summary>
    public int EndpointCpus { get; init; } = 1;

    /// <summary>Memory of the endpoint VM in megabytes.</summary>
    public long EndpointMemoryMB { get; init; } = 2048;

    /// <summary>The pool's CPU limit in MHz; null for none.</summary>
    public long? CpuLimitMhz { get; init; }

    /// <summary>The pool's CPU reservation in MHz; null for none.</summary>
    public long? CpuReservationMhz { get; init; }

    /// <summary>The pool's memory limit in megabytes; null for none.</summary>
    public long? MemoryLimitMB { get; init; }

    /// <summary>The pool's memory reservation in megabytes; null for none.</summary>
    public long? MemoryReservationMB { get; init; }

    /// <summary>The pool's share of CPU; null for normal.</summary>
    public ShareRequest? CpuShares { get; init; }

    /// <summary>The pool's share of memory; null for normal.</summary>
    public ShareRequest? MemoryShares { get; init; }

    /// <summary>Keeps the endpoint and its containers in a DRS group of virtual machines with the VCH's name, for affinity rules.</summary>
    public bool UseVmGroup { get; init; }

    /// <summary>Whether the pool is to limit, reserve or weigh anything.</summary>
    internal bool HasLimits =>
        CpuLimitMhz is not null || CpuReservationMhz is not null || MemoryLimitMB is not null || MemoryReservationMB is not null
        || CpuShares is not null || MemoryShares is not null;
}
