using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Containers;

/// <summary>The change of a container VM that gives it its VCH's bootstrap ISO, and its opposite; each is one reconfiguration, done whole or not at all.</summary>
internal sealed class BootstrapMove
{
    private readonly VirtualCdrom _drive;
    private readonly string _iso;
    private readonly Dictionary<string, string> _after = [];
    private readonly Dictionary<string, string> _before = [];

    public BootstrapMove(ContainerVmInfo container, VchInfo host, VirtualCdrom drive)
    {
        _drive = drive;
        _iso = host.Configuration.Containers.BootstrapImagePath;
        WasOn = container.PowerState != "PoweredOff";
        var present = MachineInventory.Keys(container.Machine);
        foreach (var key in host.Configuration.Executor.Version is { } build ? GuestInfoSet.OfBuild(build) : [])
        {
            present.TryGetValue(key.Key, out var former);
            if (former != key.Value)
            {
                _after[key.Key] = key.Value;
                _before[key.Key] = former ?? "";
            }
        }

        Plan = new BootstrapPlan(
            container.BootstrapVersion ?? (FormerIso.Length > 0 ? FormerIso : "none"), host.Version.Length > 0 ? host.Version : _iso, IsNeeded: FormerIso != _iso || _after.Count > 0);
    }

    public BootstrapPlan Plan { get; }

    /// <summary>Whether the machine had power, or a suspended process.</summary>
    public bool WasOn { get; }

    /// <summary>The datastore path of the ISO that the machine boots now; empty without one.</summary>
    public string FormerIso => (_drive.Backing as VirtualCdromIsoBackingInfo)?.FileName ?? "";

    /// <summary>Whether a machine with these devices boots the new ISO.</summary>
    public bool IsDone(IEnumerable<VirtualDevice> devices) =>
        devices.FirstOrDefault(device => device.Key == _drive.Key) is { Backing: VirtualCdromIsoBackingInfo { FileName: var iso } } && iso == _iso;

    public VirtualMachineConfigSpec Forward() => Spec(new VirtualCdromIsoBackingInfo { FileName = _iso }, EndpointHardware.Connected(), _after);

    public VirtualMachineConfigSpec Back() => Spec(_drive.Backing, _drive.Connectable, _before);

    private VirtualMachineConfigSpec Spec(VirtualDeviceBackingInfo? backing, VirtualDeviceConnectInfo? connectable, Dictionary<string, string> keys) => new()
    {
        DeviceChange =
        [
            new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Edit,
                Device = new VirtualCdrom
                {
                    Key = _drive.Key,
                    ControllerKey = _drive.ControllerKey,
                    UnitNumber = _drive.UnitNumber,
                    Backing = backing,
                    Connectable = connectable,
                },
            },
        ],
        ExtraConfig = keys.Select(key => new OptionValue { Key = key.Key, Value = key.Value }).ToList(),
    };
}
