using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>What a container uses.</summary>
public sealed class ContainerVMStatistics
{
    private readonly ContainerUsage _usage;

    internal ContainerVMStatistics(ContainerUsage usage, VicServer server)
    {
        _usage = usage;
        Server = server;
    }

    /// <summary>The container's name.</summary>
    public string Name => _usage.Container.Name;

    /// <summary>The virtual machine, such as <c>VirtualMachine-vm-42</c>.</summary>
    public string Id => ObjectIdentity.IdOf(_usage.Container.Reference);

    /// <summary>The virtual machine and its server, as PowerCLI writes them.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, "VirtualMachine", Id);

    /// <summary><c>created</c>, <c>running</c>, <c>paused</c> or <c>exited</c>.</summary>
    public string State => _usage.Container.State;

    /// <summary>Processor time over the last 20 seconds; empty while it does not run, or has just started.</summary>
    public long? CpuUsageMhz => _usage.Usage.Cpu;

    /// <summary>How many processors it has.</summary>
    public int NumCpu => _usage.Processors;

    /// <summary>The memory of its host that it occupies; empty while it does not run, or has just started.</summary>
    public long? MemoryUsageMB => _usage.Usage.Memory;

    /// <summary>How much memory it has.</summary>
    public int MemoryMB => _usage.MemorySize;

    /// <summary>What its disk and its logs occupy; the layers of its image are not its own.</summary>
    public double UsedSpaceGB => StorageSize.ToGigabytes(_usage.Usage.Storage, 3);

    /// <summary>The name of the VCH.</summary>
    public string? VCH => _usage.Container.HostName;

    /// <summary>The server that it is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
