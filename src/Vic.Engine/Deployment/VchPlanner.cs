using System.Net;
using Vic.Configuration;
using Vic.Engine.Images;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Checks a request against the inventory and resolves every name in it; collects all problems before it gives up.</summary>
internal sealed class VchPlanner
{
    private static readonly string[] FallbackDns = ["8.8.8.8", "8.8.4.4"];

    private readonly VimClient _client;
    private readonly VchRequest _request;
    private readonly InventorySnapshot _inventory;
    private readonly ProblemList _problems = new();

    private VchPlanner(VimClient client, VchRequest request, InventorySnapshot inventory)
    {
        _client = client;
        _request = request;
        _inventory = inventory;
    }

    /// <exception cref="ValidationException">The request cannot be carried out.</exception>
    public static async Task<VchPlan> PlanAsync(VimClient client, VchRequest request, CancellationToken cancellationToken)
    {
        var inventory = await InventorySnapshot.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var planner = new VchPlanner(client, request, inventory);
        NameRules.Check(request.Name, planner._problems);
        var compute = new ComputeResolver(client, inventory, new InventoryResolver(inventory, planner._problems), planner._problems).Resolve(request);
        await planner.CheckNameIsFreeAsync(compute, cancellationToken).ConfigureAwait(false);
        var plan = planner.Plan(compute);
        planner._problems.ThrowIfAny(request.Name);
        return plan!;
    }

    private VchPlan? Plan(ComputeTarget? compute)
    {
        // Without a valid location names are still looked up, so that what exists nowhere is told at the same time.
        var resolver = new InventoryResolver(_inventory, _problems) { IsScopeKnown = compute is not null };
        var store = FindImageStore(resolver, compute);
        var networks = new NetworkResolver(_client, _inventory, resolver, _problems, Networks(compute));
        var roles = networks.ResolveRoles(_request);
        var bridge = networks.ResolveBridge(_request, roles);
        var range = BridgeRange.Check(_request.BridgeNetworkRange, _request.BridgeNetworkWidth, _problems);
        var advertised = Address("AdvertisedAddress", _request.AdvertisedAddress);
        var target = Address("TargetAddress", _request.TargetAddress);
        var dns = ReadDns(roles);
        var tls = TlsPlan.Check(_request, advertised, roles.Select(role => role.Address).Take(2), DateTimeOffset.UtcNow, _problems);
        var authorities = RegistryRules.Check(_request.Registries, _problems);
        var appliance = Iso("ApplianceIso", _request.ApplianceIso);
        var bootstrap = Iso("BootstrapIso", _request.BootstrapIso);
        if (_request.Credential is null)
        {
            _problems.Add(
                "OpsCredential",
                "The endpoint needs an account of its own to work with vSphere, because this session was made by another tool and has no password.");
        }

        if (compute is null || store is null || bridge is null || range is null || appliance is null || bootstrap is null
            || roles.Count != 3 || _request.Credential is null)
        {
            return null;
        }

        StoreSpace.Check(store, [appliance, bootstrap], _request.Compute.EndpointMemoryMB, _problems);
        return new VchPlan
        {
            Request = _request,
            Datacenter = Datacenter(compute),
            DatacenterPath = _inventory.DatacenterPath(Datacenter(compute)),
            Compute = compute with { Host = compute.HasPools ? null : ChooseHost(compute, store, roles, bridge) },
            ImageStore = store,
            Bridge = bridge,
            BridgeRange = range,
            Roles = roles,
            DnsServers = dns,
            Tls = tls,
            RegistryAuthorities = authorities,
            ApplianceIso = appliance,
            BootstrapIso = bootstrap,
            Advertised = advertised,
            Target = TargetUrl(target),
            Credential = _request.Credential,
        };
    }

    private InventoryEntity? ChooseHost(ComputeTarget compute, InventoryEntity store, IReadOnlyList<EndpointRole> roles, BridgeNetwork bridge) =>
        HostChoice.Choose(compute, store, [.. roles.Select(role => role.Network), .. bridge.Network is { } network ? [network] : Array.Empty<InventoryEntity>()], _problems);

    private InventoryEntity Datacenter(ComputeTarget compute) =>
        _inventory.Lineage(compute.Resource).First(entity => entity.Reference.Type == "Datacenter");

    private async Task CheckNameIsFreeAsync(ComputeTarget? compute, CancellationToken cancellationToken)
    {
        if (compute is null)
        {
            return;
        }

        var taken = _inventory.OfType("ResourcePool", "VirtualApp").Any(pool =>
            pool.Parent == compute.ParentPool && string.Equals(pool.Name, _request.Name, StringComparison.OrdinalIgnoreCase));
        var folder = Datacenter(compute).GetReference("vmFolder")!.Value;
        if (taken || await InventoryView.FindChildAsync(_client, folder, _request.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            _problems.Add(
                "Name",
                $"'{_request.Name}' is already the name of a VCH, or of another pool, folder or virtual machine; choose another one, or remove it first: "
                + $"Remove-VCH {_request.Name}");
        }
    }

    private InventoryEntity? FindImageStore(InventoryResolver resolver, ComputeTarget? compute)
    {
        var stores = compute is null ? _inventory.OfType("Datastore") : _inventory.Find(compute.Resource.GetReferences("datastore"));
        return resolver.One(
            "Datastore", "datastore", _request.ImageStore, stores.Where(store => store.GetValue<bool>("summary.accessible") != false).ToList());
    }

    private IReadOnlyList<InventoryEntity> Networks(ComputeTarget? compute) => compute is null
        ? _inventory.OfType("Network", "OpaqueNetwork", "DistributedVirtualPortgroup")
        : _inventory.Find(compute.Resource.GetReferences("network"));

    private List<GuestAddress> ReadDns(IReadOnlyList<EndpointRole> roles)
    {
        var servers = new List<GuestAddress>();
        foreach (var text in _request.DnsServers)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                servers.Add(GuestAddress.From(address));
            }
            else
            {
                _problems.Add("DnsServer", $"'{text}' is not an IP address.");
            }
        }

        // Without DHCP nobody else names a server.
        return servers.Count > 0 || roles.Count == 0 || roles.Any(role => role.Address is null)
            ? servers
            : FallbackDns.Select(GuestAddress.Parse).ToList();
    }

    private HostPort? Address(string option, string? text)
    {
        var address = text is null ? null : HostPort.TryParse(text);
        if (text is not null && address is null)
        {
            _problems.Add(option, $"'{text}' is not host or host:port.");
        }

        return address;
    }

    private IsoImage? Iso(string option, string path)
    {
        try
        {
            var iso = IsoImage.Open(path);
            if (!_request.IgnoreIsoVersion && !iso.IsOfRelease(ProductVersion.Current))
            {
                _problems.Add(
                    option,
                    $"'{path}' is of version '{iso.Version}', this module is {ProductVersion.Current}. Pass the ISO of the same release, or -Force.");
            }

            return iso;
        }
        catch (VicException exception)
        {
            _problems.Add(option, exception.Message);
            return null;
        }
    }

    private Uri TargetUrl(HostPort? target) =>
        target is { } address ? new Uri($"https://{address.WithPort(443)}/sdk") : _client.Server;
}
