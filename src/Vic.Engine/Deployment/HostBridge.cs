using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The bridge on a single host: a virtual switch without an uplink, and one port group on it, both named alike.</summary>
internal sealed class HostBridge(VimClient client, InventoryEntity host)
{
    // As the reference system makes it (vmware/vic, lib/install/management/network.go).
    private const int Ports = 1024;
    private const int Vlan = 1;

    private readonly HostNetworkSystem _network = new(client, host.GetReference("configManager.networkSystem")!.Value);

    public async Task<InventoryEntity> CreateAsync(string name, CancellationToken cancellationToken)
    {
        await _network.AddVirtualSwitchAsync(name, new HostVirtualSwitchSpec { NumPorts = Ports }, cancellationToken).ConfigureAwait(false);
        await _network.AddPortGroupAsync(
            new HostPortGroupSpec { Name = name, VlanId = Vlan, VswitchName = name, Policy = new HostNetworkPolicy() }, cancellationToken)
            .ConfigureAwait(false);
        var networks = await InventoryView.ReadAsync(
            client, [new PropertySpec { Type = "Network", PathSet = ["name"] }], cancellationToken).ConfigureAwait(false);
        return networks.FirstOrDefault(network => network.Name == name) ?? throw new VicException(
            "BridgeNetworkMissing", VicErrorKind.Failed, $"The host has created the port group '{name}' but does not list it.");
    }

    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await Faults.IgnoreMissingAsync(_network.RemovePortGroupAsync(name, cancellationToken)).ConfigureAwait(false);
        await Faults.IgnoreMissingAsync(_network.RemoveVirtualSwitchAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
