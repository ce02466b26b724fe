using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The bridge on a single host: a virtual switch without an uplink, and one port group on it, both named alike.</summary>
internal sealed class HostBridge(VimClient client, InventoryEntity host, string name)
{
    // As the reference system makes it (vmware/vic, lib/install/management/network.go).
    private const int Ports = 1024;
    private const int Vlan = 1;

    private readonly HostNetworkSystem _network = new(client, host.GetReference("configManager.networkSystem")!.Value);

    public string Name => name;

    public Task CreateSwitchAsync(CancellationToken cancellationToken) =>
        _network.AddVirtualSwitchAsync(name, new HostVirtualSwitchSpec { NumPorts = Ports }, cancellationToken);

    public Task CreatePortGroupAsync(CancellationToken cancellationToken) => _network.AddPortGroupAsync(
        new HostPortGroupSpec { Name = name, VlanId = Vlan, VswitchName = name, Policy = new HostNetworkPolicy() }, cancellationToken);

    /// <summary>The network that stands for the port group in the inventory.</summary>
    public async Task<InventoryEntity> FindAsync(ManagedObjectReference networkFolder, CancellationToken cancellationToken)
    {
        var found = await InventoryView.FindChildAsync(client, networkFolder, name, cancellationToken).ConfigureAwait(false) ?? throw new VicException(
            "BridgeNetworkMissing", VicErrorKind.Failed, $"The host has created the port group '{name}' but does not list it.");
        return await InventoryView.ReadAsync(client, found, ["name"], cancellationToken).ConfigureAwait(false);
    }

    public Task RemovePortGroupAsync(CancellationToken cancellationToken) =>
        Faults.IgnoreMissingAsync(_network.RemovePortGroupAsync(name, cancellationToken));

    public Task RemoveSwitchAsync(CancellationToken cancellationToken) =>
        Faults.IgnoreMissingAsync(_network.RemoveVirtualSwitchAsync(name, cancellationToken));
}
