using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>A container as vSphere sees it: one virtual machine.</summary>
public sealed class ContainerVM : InventoryObject
{
    private const int ShortIdLength = 12;

    internal ContainerVM(ContainerVmInfo info, VicServer server)
        : base(info.Reference, server) => Info = info;

    /// <summary>The container's name in Docker.</summary>
    public string Name => Info.Name;

    /// <summary>The container's id in Docker: 64 hexadecimal digits.</summary>
    public string ContainerId => Info.ContainerId;

    /// <summary>The first twelve digits of the id.</summary>
    public string ShortId => ContainerId.Length > ShortIdLength ? ContainerId.Substring(0, ShortIdLength) : ContainerId;

    /// <summary>The name of the virtual machine.</summary>
    public string VMName => Info.MachineName;

    /// <summary>The image's name as the user gave it.</summary>
    public string Image => Info.Image;

    /// <summary>The image's id.</summary>
    public string ImageId => Info.ImageId;

    /// <summary>The layer under the container's own.</summary>
    public string LayerId => Info.LayerId;

    /// <summary>The version whose bootstrap ISO it boots; empty when its maker did not say.</summary>
    public string? BootstrapVersion => Info.BootstrapVersion;

    /// <summary><c>created</c>, <c>running</c>, <c>paused</c> or <c>exited</c>.</summary>
    public string State => Info.State;

    /// <summary><c>PoweredOn</c>, <c>PoweredOff</c> or <c>Suspended</c>.</summary>
    public string PowerState => Info.PowerState;

    /// <summary>The exit code; empty before the process has ended.</summary>
    public int? ExitCode => Info.ExitCode;

    /// <summary>The first address in use.</summary>
    public string? IPAddress => Info.Address;

    /// <summary>When the container was created.</summary>
    public DateTime? Created => Info.Created?.LocalDateTime;

    /// <summary>When its process was started.</summary>
    public DateTime? Started => Info.Started?.LocalDateTime;

    /// <summary>When its process ended.</summary>
    public DateTime? Finished => Info.Finished?.LocalDateTime;

    /// <summary>The name of the VCH that it belongs to.</summary>
    public string? VCH => Info.HostName;

    internal ContainerVmInfo Info { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
