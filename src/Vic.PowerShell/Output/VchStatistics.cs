using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>What a VCH uses.</summary>
public sealed class VchStatistics
{
    private readonly VchUsage _usage;

    internal VchStatistics(VchUsage usage, VicServer server)
    {
        _usage = usage;
        Server = server;
    }

    /// <summary>The name of the VCH.</summary>
    public string Name => _usage.Host.Name;

    /// <summary>The endpoint VM, such as <c>VirtualMachine-vm-42</c>.</summary>
    public string Id => ObjectIdentity.IdOf(_usage.Host.Reference);

    /// <summary>The endpoint VM and its server, as PowerCLI writes them.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, "VirtualMachine", Id);

    /// <summary>How many containers there are.</summary>
    public int Containers => _usage.Containers.Count;

    /// <summary>How many of them run.</summary>
    public int RunningContainers => _usage.RunningContainers;

    /// <summary>How many images there are; one with several names counts once.</summary>
    public int Images => _usage.Images;

    /// <summary>How many volumes there are on datastores.</summary>
    public int Volumes => _usage.Volumes;

    /// <summary>What the endpoint and its containers use together, over the last 20 seconds.</summary>
    public long CpuUsageMhz => _usage.Cpu;

    /// <summary>The limit of the VCH's pool; empty without one.</summary>
    public long? CpuLimitMhz => _usage.CpuLimit;

    /// <summary>The memory of hosts that the endpoint and its containers occupy together.</summary>
    public long MemoryUsageMB => _usage.Memory;

    /// <summary>The limit of the VCH's pool; empty without one.</summary>
    public long? MemoryLimitMB => _usage.MemoryLimit;

    /// <summary>What the layers of images occupy.</summary>
    public double ImageStorageGB => Gigabytes(_usage.ImageStorage);

    /// <summary>What the disks and logs of containers occupy.</summary>
    public double ContainerStorageGB => Gigabytes(_usage.ContainerStorage);

    /// <summary>What volumes occupy.</summary>
    public double VolumeStorageGB => Gigabytes(_usage.VolumeStorage);

    /// <summary>What the endpoint VM occupies.</summary>
    public double EndpointStorageGB => Gigabytes(_usage.Endpoint.Storage);

    /// <summary>The server that the VCH is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double Gigabytes(long bytes) => StorageSize.ToGigabytes(bytes, 3);
}
