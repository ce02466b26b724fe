using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The outcome of planning a change of devices: the devices afterwards, and the work on files to get there.</summary>
/// <param name="Devices">All devices after the change.</param>
/// <param name="Before">Files to make before the machine sees the devices.</param>
/// <param name="After">Files to delete once the machine has let go of them.</param>
/// <param name="Variables">Variables that go with the devices, such as <c>ethernet0.pciSlotNumber</c>; empty removes.</param>
internal sealed record DevicePlan(
    List<VirtualDevice> Devices,
    IReadOnlyList<DiskAction> Before,
    IReadOnlyList<DiskAction.Delete> After,
    IReadOnlyList<KeyValuePair<string, string>> Variables);
