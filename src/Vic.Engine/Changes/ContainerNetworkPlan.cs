using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Plans which port groups the containers of a VCH may join. One that is there already is not mapped anew: containers rely on its addresses.</summary>
internal sealed class ContainerNetworkPlan(VimClient client, PresentVch vch, CheckList checks)
{
    private const string Option = "ContainerNetwork";

    /// <summary>Puts the networks into a configuration, in place of those that it has beside the bridge, and notes what differs.</summary>
    public async Task PlanAsync(
        IReadOnlyList<ContainerNetworkRequest> requests, NetworkConfiguration configuration, SettingList settings, CancellationToken cancellationToken)
    {
        var present = configuration.ContainerNetworks.Where(network => network.Key != configuration.BridgeNetwork).ToDictionary(
            network => network.Key, network => network.Value, StringComparer.Ordinal);
        var resolver = new NetworkResolver(client, vch.Inventory, new InventoryResolver(vch.Inventory, checks), checks, vch.Networks);
        var wanted = resolver.ResolveMapped(requests, vch.Info.BridgeNetworkId).ToDictionary(
            mapped => mapped.Configuration.Name, mapped => mapped.Configuration, StringComparer.Ordinal);
        foreach (var (name, network) in wanted.Select(network => (network.Key, network.Value)))
        {
            if (present.TryGetValue(name, out var known) && Describe(known) != Describe(network))
            {
                checks.Fail(Option, $"'{name}' is {Describe(known)} and cannot become {Describe(network)}: pass it as it is, or give the new one another Alias.");
            }
        }

        // With a problem among them nobody knows which ones are meant to go.
        if (wanted.Count == requests.Count)
        {
            await CheckUnusedAsync(present.Keys.Where(name => !wanted.ContainsKey(name)).ToList(), cancellationToken).ConfigureAwait(false);
        }

        if (settings.Compare(Option, Describe(present), Describe(wanted)))
        {
            foreach (var name in present.Keys.Where(name => !wanted.ContainsKey(name)))
            {
                configuration.ContainerNetworks.Remove(name);
            }

            foreach (var network in wanted.Where(network => !present.ContainsKey(network.Key)))
            {
                configuration.ContainerNetworks.Add(network.Key, network.Value);
            }
        }
    }

    // A container that is off counts, too: it would not start again.
    private async Task CheckUnusedAsync(List<string> leaving, CancellationToken cancellationToken)
    {
        if (leaving.Count == 0)
        {
            return;
        }

        var machines = await MachineInventory.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var containers = ContainerInventory.Select(machines, [vch.Info]).Where(container => container.HostReference == vch.Reference).ToList();
        foreach (var name in leaving)
        {
            var users = containers.Where(container => container.Networks.ContainsKey(name)).Select(container => $"'{container.Name}'").ToList();
            if (users.Count > 0)
            {
                checks.Fail(Option, $"'{name}' is used by containers: {string.Join(", ", users)}. Keep the network, or remove them first.");
            }
        }
    }

    private IEnumerable<string> Describe(Dictionary<string, ContainerNetwork> networks) =>
        networks.OrderBy(network => network.Key, StringComparer.Ordinal).Select(network => $"{network.Key} {Describe(network.Value)}");

    // Whoever names no firewall has Published.
    private string Describe(ContainerNetwork network)
    {
        var group = ManagedObjectReference.TryParse(network.Id, out var reference) && vch.Inventory.Find(reference) is { } found ? found.Name : network.Id;
        string[] details =
        [
            network.Gateway is { } gateway ? $"gateway {gateway}" : "DHCP",
            .. network.Pools.Select(pool => $"{pool.First}-{pool.Last}"),
            .. network.Nameservers.Select(server => $"DNS {server}"),
            (network.TrustLevel == TrustLevel.Unspecified ? TrustLevel.Published : network.TrustLevel).ToString(),
        ];
        return $"on '{group}' ({string.Join(", ", details)})";
    }
}
