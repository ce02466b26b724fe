using Vic.Engine.Containers;
using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>A line that a container has printed.</summary>
public sealed class ContainerVMLogLine
{
    private readonly ContainerLogLine _line;
    private readonly ContainerVmInfo _container;

    internal ContainerVMLogLine(ContainerLogLine line, ContainerVmInfo container, VicServer server)
    {
        _line = line;
        _container = container;
        Server = server;
    }

    /// <summary>When the container printed it, in local time.</summary>
    public DateTime Timestamp => _line.Time.LocalDateTime;

    /// <summary><c>stdout</c> (also everything of a terminal) or <c>stderr</c>.</summary>
    public string Stream => _line.Stream;

    /// <summary>The line without its end.</summary>
    public string Text => _line.Text;

    /// <summary>The container's name.</summary>
    public string Name => _container.Name;

    /// <summary>The container's id in Docker: 64 hexadecimal digits.</summary>
    public string ContainerId => _container.ContainerId;

    /// <summary>The virtual machine, such as <c>VirtualMachine-vm-42</c>.</summary>
    public string Id => ObjectIdentity.IdOf(_container.Reference);

    /// <summary>The virtual machine and its server, as PowerCLI writes them.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, "VirtualMachine", Id);

    /// <summary>The server that the container is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
