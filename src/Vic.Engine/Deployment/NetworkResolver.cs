using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Finds the port groups of a VCH and checks the rules between them.</summary>
internal sealed class NetworkResolver
{
    private const string DefaultPublicNetwork = "VM Network";
    private const string MappedOption = "ContainerNetwork";

    private readonly VimClient _client;
    private readonly InventorySnapshot _inventory;
    private readonly InventoryResolver _resolver;
    private readonly CheckList _checks;
    private readonly IReadOnlyList<InventoryEntity> _networks;

    public NetworkResolver(VimClient client, InventorySnapshot inventory, InventoryResolver resolver, CheckList checks, IReadOnlyList<InventoryEntity> networks)
    {
        _client = client;
        _inventory = inventory;
        _resolver = resolver;
        _checks = checks;
        _networks = networks.Where(network => network.GetValue<bool>("config.uplink") != true && !network.Name.Contains("-DVUplinks-")).ToList();
    }

    /// <returns>Public, client and management; fewer when one is missing.</returns>
    public IReadOnlyList<EndpointRole> ResolveRoles(VchRequest request)
    {
        var publicNetwork = Find("Public", request.Public.Network ?? InventorySelector.ByName(DefaultPublicNetwork));
        var clientNetwork = request.Client.Network is null ? publicNetwork : Find("Client", request.Client.Network);
        var managementNetwork = request.Management.Network is null ? clientNetwork : Find("Management", request.Management.Network);
        var publicRole = Role("Public", publicNetwork, request.Public, wider: null);
        var clientRole = Role("Client", clientNetwork, request.Client, publicRole);
        var managementRole = Role("Management", managementNetwork, request.Management, clientRole);
        var roles = new[] { publicRole, clientRole, managementRole }.OfType<EndpointRole>().ToList();
        WarnOfSharedSubnets(roles);
        return roles;
    }

    public BridgeNetwork? ResolveBridge(VchRequest request, IReadOnlyList<EndpointRole> roles)
    {
        var name = request.BridgeNetwork?.ToString() ?? request.Name;
        var exists = _networks.Any(network => network.Name == name || network.Reference.Value == request.BridgeNetwork?.Value);
        if (!_client.IsVirtualCenter && !exists)
        {
            // One host has no distributed switch to share: the port group is made with the VCH and goes with it.
            return new BridgeNetwork(name, Network: null, Switch: null);
        }

        var bridge = _resolver.One("BridgeNetwork", "network", request.BridgeNetwork ?? InventorySelector.ByName(name), _networks);
        if (bridge is null)
        {
            return null;
        }

        if (_client.IsVirtualCenter && bridge.Reference.Type == "Network")
        {
            _checks.Fail(
                "BridgeNetwork", $"'{bridge}' is a standard port group of single hosts; on vCenter the bridge is a distributed port group or an NSX network.");
        }

        var shared = roles.Where(role => role.Network.Reference == bridge.Reference).Select(role => role.Name).ToList();
        if (shared.Count > 0)
        {
            _checks.Fail("BridgeNetwork", $"'{bridge}' is also the {string.Join(", ", shared)} network; containers need a network of their own.");
        }

        return new BridgeNetwork(bridge.Name, bridge, SwitchOf(bridge));
    }

    /// <returns>The port groups that containers may join, those that exist and have a name of their own only.</returns>
    /// <param name="requests">What was asked for.</param>
    /// <param name="bridge">The reference of the bridge port group; null while it is not made yet.</param>
    public IReadOnlyList<MappedNetwork> ResolveMapped(IReadOnlyList<ContainerNetworkRequest> requests, string? bridge)
    {
        var rules = new ContainerNetworkRules(_checks);
        var mapped = new List<MappedNetwork>();
        foreach (var wanted in requests)
        {
            if (_resolver.One(MappedOption, "network", wanted.Network, _networks) is not { } network)
            {
                continue;
            }

            if (_client.IsVirtualCenter && network.Reference.Type == "Network")
            {
                _checks.Fail(
                    MappedOption, $"'{network}' is a standard port group of single hosts; on vCenter containers join distributed port groups and NSX networks.");
            }

            if (network.Reference.ToString() == bridge)
            {
                _checks.Fail(MappedOption, $"'{network}' is the bridge network already; containers join it by themselves.");
            }

            var next = rules.Check(wanted.Alias ?? network.Name, network, wanted);
            if (mapped.Any(other => other.Configuration.Name == next.Configuration.Name))
            {
                _checks.Fail(MappedOption, $"Two networks are named '{next.Configuration.Name}'; give one of them another Alias.");
                continue;
            }

            mapped.Add(next);
        }

        return mapped;
    }

    private InventoryEntity? Find(string role, InventorySelector selector) => _resolver.One($"{role}Network", "network", selector, _networks);

    private EndpointRole? Role(string name, InventoryEntity? network, EndpointNetworkRequest request, EndpointRole? wider)
    {
        var address = EndpointAddress.Check(name, request, _checks);
        if (network is null)
        {
            return null;
        }

        var isShared = wider is not null && wider.Network.Reference == network.Reference;
        if (name != "Public" && !isShared && address is { Gateway: not null, Destinations.Count: 0 })
        {
            _checks.Fail(
                $"{name}NetworkGateway", "Only the public network leads everywhere; name the networks behind this gateway, as in 10.0.0.0/8:192.0.2.1.");
        }

        if (isShared && address is not null && wider!.Address is not null)
        {
            _checks.Fail($"{name}NetworkAddress", $"'{network}' has one network card, which has the address {wider.Address.Address} already.");
        }

        // Roles on one port group share a card, and with it the address.
        return new EndpointRole(name.ToLowerInvariant(), network, SwitchOf(network), address ?? (isShared ? wider!.Address : null));
    }

    private void WarnOfSharedSubnets(IReadOnlyList<EndpointRole> roles)
    {
        var cards = roles.Where(role => role.Address is not null).GroupBy(role => role.Network.Reference).Select(group => group.First()).ToList();
        foreach (var (one, other) in cards.SelectMany((one, index) => cards.Skip(index + 1).Select(other => (one, other))))
        {
            if (EndpointAddress.Contains(one.Address!.Address, other.Address!.Address.Address.ToIPAddress()))
            {
                _checks.Warn(
                    $"'{one.Network}' and '{other.Network}' have addresses of the same subnet, {one.Address.Address} and {other.Address.Address}; answers may take the wrong one.",
                    "Give each network a subnet of its own, or put the roles on one port group.");
            }
        }
    }

    private InventoryEntity? SwitchOf(InventoryEntity network) => _inventory.Find(network.GetReference("config.distributedVirtualSwitch"));
}
