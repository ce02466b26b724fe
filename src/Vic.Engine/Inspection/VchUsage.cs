using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>What a VCH uses.</summary>
public sealed class VchUsage
{
    internal VchUsage(VchInfo host) => Host = host;

    /// <summary>The VCH.</summary>
    public VchInfo Host { get; }

    /// <summary>What the endpoint VM uses.</summary>
    public MachineUsage Endpoint { get; internal init; }

    /// <summary>What each container uses.</summary>
    public IReadOnlyList<MachineUsage> Containers { get; internal init; } = [];

    /// <summary>How many containers run.</summary>
    public int RunningContainers { get; internal init; }

    /// <summary>How many images there are; one with several names counts once.</summary>
    public int Images { get; internal init; }

    /// <summary>What the layers of images occupy, in bytes.</summary>
    public long ImageStorage { get; internal init; }

    /// <summary>How many volumes there are on datastores.</summary>
    public int Volumes { get; internal init; }

    /// <summary>What volumes occupy on datastores, in bytes.</summary>
    public long VolumeStorage { get; internal init; }

    /// <summary>What the endpoint and its containers use together, in MHz.</summary>
    public long Cpu => Containers.Sum(container => container.Cpu ?? 0) + (Endpoint.Cpu ?? 0);

    /// <summary>The memory of hosts that the endpoint and its containers occupy together, in MB.</summary>
    public long Memory => Containers.Sum(container => container.Memory ?? 0) + (Endpoint.Memory ?? 0);

    /// <summary>What the disks and logs of containers occupy, in bytes.</summary>
    public long ContainerStorage => Containers.Sum(container => container.Storage);

    /// <summary>The limit of the VCH's pool in MHz; null without one, or when the VCH has no pool of its own.</summary>
    public long? CpuLimit => Limit(Pool?.CpuAllocation);

    /// <summary>The limit of the VCH's pool in MB; null without one, or when the VCH has no pool of its own.</summary>
    public long? MemoryLimit => Limit(Pool?.MemoryAllocation);

    internal ResourceConfigSpec? Pool { get; init; }

    private static long? Limit(ResourceAllocationInfo? allocation) => allocation?.Limit is >= 0 and var limit ? limit : null;
}
