using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Finds the port groups of a VCH and checks the rules between them.</summary>
internal sealed class NetworkResolver
{
    private const string DefaultPublicNetwork = "VM Network";

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
        return new[] { publicRole, clientRole, managementRole }.OfType<EndpointRole>().ToList();
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

    private InventoryEntity? SwitchOf(InventoryEntity network) => _inventory.Find(network.GetReference("config.distributedVirtualSwitch"));
}
