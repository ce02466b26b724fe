using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Reads the networks that containers of VCHs may join, and who uses them. Needs no endpoint that runs.</summary>
public sealed class VchNetworks
{
    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchNetworks(VimClient client) => _client = client;

    /// <summary>The networks of VCHs, the bridge network of each first.</summary>
    public async Task<IReadOnlyList<VchNetworkInfo>> ListAsync(
        IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading networks"));
        var found = await InventoryView.ReadAsync(
            _client, [new PropertySpec { Type = "Network", PathSet = ["name"] }, MachineInventory.Properties], cancellationToken).ConfigureAwait(false);
        var portGroups = found.ToDictionary(entity => entity.Reference.ToString(), entity => entity.Name, StringComparer.Ordinal);
        var containers = ContainerInventory.Select(found.Where(entity => entity.Reference.Type == "VirtualMachine").ToList(), hosts);
        return hosts.SelectMany(host => Select(host, portGroups, containers.Where(container => container.HostReference == host.Reference).ToList())).ToList();
    }

    private static IEnumerable<VchNetworkInfo> Select(
        VchInfo host, Dictionary<string, string> portGroups, List<ContainerVmInfo> containers)
    {
        var configuration = host.Configuration.Network;
        return configuration.ContainerNetworks.OrderBy(network => network.Key != configuration.BridgeNetwork).ThenBy(network => network.Key, StringComparer.Ordinal)
            .Select(network => new VchNetworkInfo(
                host,
                network.Key,
                network.Value,
                portGroups.TryGetValue(network.Value.Id, out var portGroup) ? portGroup : null,
                network.Key == configuration.BridgeNetwork ? BridgeSubnet.Of(configuration) : null,
                AddressesOf(network.Key, containers)));
    }

    private static List<VchNetworkAddress> AddressesOf(string network, List<ContainerVmInfo> containers) =>
        containers.Where(container => container.PowerState != "PoweredOff" && container.Networks.ContainsKey(network))
            .Select(container => (Container: container, Place: container.Networks[network]))
            .Select(item => (item.Container, Address: (item.Place.Assigned ?? item.Place.Address)?.Address))
            .Where(item => item.Address is not null)
            .Select(item => new VchNetworkAddress(item.Address!.ToString(), item.Container.Name, item.Container.ContainerId))
            .ToList();
}
