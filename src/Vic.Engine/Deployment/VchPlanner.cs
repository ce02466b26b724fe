using Vic.Configuration;
using Vic.Engine.Images;
using Vic.Engine.Inventory;
using Vic.Engine.Preflight;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Checks a request against the inventory and resolves every name in it; collects all problems before it gives up.</summary>
internal sealed class VchPlanner
{
    // resolv.conf(5), MAXNS.
    private const int MostDnsServers = 3;

    private static readonly string[] FallbackDns = ["8.8.8.8", "8.8.4.4"];

    private readonly VimClient _client;
    private readonly VchRequest _request;
    private readonly InventorySnapshot _inventory;
    private readonly CheckList _checks = new();

    private readonly bool _exists;

    private VchPlanner(VimClient client, VchRequest request, InventorySnapshot inventory, bool exists)
    {
        _client = client;
        _request = request;
        _inventory = inventory;
        _exists = exists;
    }

    /// <exception cref="ValidationException">The request cannot be carried out.</exception>
    public static async Task<VchPlan> PlanAsync(
        VimClient client, VchRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var (plan, checks) = await CheckAsync(client, request, cancellationToken).ConfigureAwait(false);
        checks.ThrowIfAny(request.Name);
        foreach (var warning in checks.Checks.Where(check => check.State == CheckState.Warning))
        {
            progress.Report(StepProgress.Warning($"{warning.Message} {warning.Remedy}"));
        }

        return plan!;
    }

    /// <returns>The plan, null when a check failed, and all checks.</returns>
    public static async Task<(VchPlan? Plan, CheckList Checks)> CheckAsync(VimClient client, VchRequest request, CancellationToken cancellationToken)
    {
        var inventory = await InventorySnapshot.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var planner = new VchPlanner(client, request, inventory, exists: false);
        var (compute, plan) = await planner.ResolveAsync(cancellationToken).ConfigureAwait(false);
        await new SitePreflight(client, request, planner._checks).CheckAsync(plan, compute, cancellationToken).ConfigureAwait(false);
        return (plan, planner._checks);
    }

    /// <summary>What a request means where its VCH is there already: names and space that are taken are taken by that.</summary>
    /// <exception cref="ValidationException">The request means nothing.</exception>
    public static async Task<VchPlan> PlanExistingAsync(VimClient client, VchRequest request, CancellationToken cancellationToken)
    {
        var inventory = await InventorySnapshot.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var planner = new VchPlanner(client, request, inventory, exists: true);
        var (_, plan) = await planner.ResolveAsync(cancellationToken).ConfigureAwait(false);
        OperationsAccountCheck.CheckIsKnown(request, planner._checks);
        planner._checks.ThrowIfAny(request.Name);
        return plan!;
    }

    private async Task<(ComputeTarget? Compute, VchPlan? Plan)> ResolveAsync(CancellationToken cancellationToken)
    {
        var (client, request, inventory, checks) = (_client, _request, _inventory, _checks);
        checks.Begin("Name");
        NameRules.Check(request.Name, checks);
        checks.Pass($"'{request.Name}' is a name that machines, pools and folders can have.");
        checks.Begin("Location");
        var compute = new ComputeResolver(client, inventory, new InventoryResolver(inventory, checks), checks).Resolve(request);
        checks.Pass($"'{compute?.Resource}' with {compute?.Hosts.Count} host{(compute?.Hosts.Count == 1 ? "" : "s")}.");
        checks.Begin("Resources");
        ComputeRules.Check(request.Compute, checks);
        if (!_exists)
        {
            VmGroupRules.Check(request, compute, checks);
        }

        checks.Pass("Limits, reservations and shares are consistent.");
        if (!_exists)
        {
            checks.Begin("NameIsFree");
            await CheckNameIsFreeAsync(compute, cancellationToken).ConfigureAwait(false);
        }

        return (compute, Plan(compute));
    }

    private VchPlan? Plan(ComputeTarget? compute)
    {
        // Without a valid location names are still looked up, so that what exists nowhere is told at the same time.
        var resolver = new InventoryResolver(_inventory, _checks) { IsScopeKnown = compute is not null };
        _checks.Begin("ImageStore");
        var datastores = Datastores(compute);
        var store = resolver.One("Datastore", "datastore", _request.ImageStore, datastores);
        _checks.Pass($"'{store}'.");
        _checks.Begin("VolumeStores");
        var volumes = new VolumeStoreRules(resolver, datastores, _checks).Check(_request.Storage.VolumeStores);
        _checks.Pass(volumes.Count == 0 ? "There are none." : $"{string.Join(", ", volumes.Select(volume => $"{volume.Key} at {volume.Value.Url}"))}.");
        _checks.Begin("Networks");
        var networks = new NetworkResolver(_client, _inventory, resolver, _checks, Networks(compute));
        var roles = networks.ResolveRoles(_request);
        _checks.Pass($"{string.Join(", ", roles.Select(role => $"{role.Name} '{role.Network}'"))}.");
        _checks.Begin("BridgeNetwork");
        var bridge = networks.ResolveBridge(_request, roles);
        var range = BridgeRange.Check(_request.BridgeNetworkRange, _request.BridgeNetworkWidth, _checks);
        _checks.Pass($"'{bridge?.Name}'{(bridge?.Network is null ? ", to be created" : "")}.");
        _checks.Begin("Containers");
        var mapped = networks.ResolveMapped(_request.Containers.Networks, bridge?.Network?.Reference.ToString());
        ContainerRules.Check(_request.Containers, _checks);
        _checks.Pass("Container options are well formed.");
        _checks.Begin("Addresses");
        var advertised = Address("AdvertisedAddress", _request.AdvertisedAddress);
        var target = Address("TargetAddress", _request.TargetAddress);
        var syslog = SyslogAddress.Read(_request.SyslogAddress, _checks);
        var dns = ReadDns(roles);
        _checks.Pass("Addresses are well formed.");
        _checks.Begin("Certificates");
        var tls = TlsPlan.Check(_request, advertised, roles.Select(role => role.Address).Take(2), DateTimeOffset.UtcNow, _checks);
        _checks.Pass(tls.Describe());
        _checks.Begin("Registries");
        var authorities = RegistryRules.Check(_request.Registries, _checks);
        ProxyRules.Check(_request.Proxies, _checks);
        _checks.Pass("Registry options are well formed.");
        _checks.Begin("Isos");
        var appliance = Iso("ApplianceIso", _request.ApplianceIso, _request.ApplianceIsoSha256);
        var bootstrap = Iso("BootstrapIso", _request.BootstrapIso, _request.BootstrapIsoSha256);
        _checks.Pass($"Both are of version v{ProductVersion.SemanticPart(appliance?.Version ?? "")}.");
        if (compute is null || store is null || bridge is null || range is null || appliance is null || bootstrap is null || roles.Count != 3)
        {
            return null;
        }

        if (!_exists)
        {
            _checks.Begin("Space");
            StoreSpace.Check(store, [appliance, bootstrap], _request.Compute.EndpointMemoryMB, _checks);
            StoreSpace.CheckQuota(store, _request.Storage.QuotaGB, _checks);
            _checks.Pass($"'{store}' has room for the endpoint VM.");
        }

        if (_request.Credential is not { } credential)
        {
            return null;
        }

        return new VchPlan
        {
            Request = _request,
            Inventory = _inventory,
            Datacenter = Datacenter(compute),
            DatacenterPath = _inventory.DatacenterPath(Datacenter(compute)),
            Compute = compute with { Host = compute.HasPools ? null : ChooseHost(compute, store, roles, bridge) },
            ImageStore = store,
            Bridge = bridge,
            BridgeRange = range,
            ContainerNetworks = mapped,
            VolumeStores = volumes,
            Roles = roles,
            DnsServers = dns,
            Tls = tls,
            RegistryAuthorities = authorities,
            ApplianceIso = appliance,
            BootstrapIso = bootstrap,
            Advertised = advertised,
            Target = TargetUrl(target),
            TargetTrust = TargetTrust.Of(_client, _request, TargetUrl(target)),
            Syslog = syslog,
            Credential = credential,
        };
    }

    private InventoryEntity? ChooseHost(ComputeTarget compute, InventoryEntity store, IReadOnlyList<EndpointRole> roles, BridgeNetwork bridge) =>
        HostChoice.Choose(compute, store, [.. roles.Select(role => role.Network), .. bridge.Network is { } network ? [network] : Array.Empty<InventoryEntity>()], _checks);

    private InventoryEntity Datacenter(ComputeTarget compute) =>
        _inventory.Lineage(compute.Resource).First(entity => entity.Reference.Type == "Datacenter");

    private async Task CheckNameIsFreeAsync(ComputeTarget? compute, CancellationToken cancellationToken)
    {
        if (compute is null)
        {
            return;
        }

        _checks.Pass($"No pool, folder or machine is named '{_request.Name}'.");
        var taken = _inventory.OfType("ResourcePool", "VirtualApp").Any(pool =>
            pool.Parent == compute.ParentPool && string.Equals(pool.Name, _request.Name, StringComparison.OrdinalIgnoreCase));
        var folder = Datacenter(compute).GetReference("vmFolder")!.Value;
        if (taken || await InventoryView.FindChildAsync(_client, folder, _request.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            _checks.Fail(
                "Name",
                $"'{_request.Name}' is already the name of a VCH, or of another pool, folder or virtual machine; choose another one, or remove it first: "
                + $"Remove-VCH {_request.Name}");
        }
    }

    private List<InventoryEntity> Datastores(ComputeTarget? compute)
    {
        var stores = compute is null ? _inventory.OfType("Datastore") : _inventory.Find(compute.Resource.GetReferences("datastore"));
        return stores.Where(store => store.GetValue<bool>("summary.accessible") != false).ToList();
    }

    private IReadOnlyList<InventoryEntity> Networks(ComputeTarget? compute) => compute is null
        ? _inventory.OfType("Network", "OpaqueNetwork", "DistributedVirtualPortgroup")
        : _inventory.Find(compute.Resource.GetReferences("network"));

    private List<GuestAddress> ReadDns(IReadOnlyList<EndpointRole> roles)
    {
        var servers = DnsServerRules.Read(_request.DnsServers, _checks);

        if (servers.Count > MostDnsServers)
        {
            _checks.Warn($"Resolvers ask the first {MostDnsServers} DNS servers only, and {servers.Count} are given.", "Leave the last ones out.");
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
            _checks.Fail(option, $"'{text}' is not host or host:port.");
        }

        return address;
    }

    private IsoImage? Iso(string option, string path, string? sha256)
    {
        try
        {
            var iso = IsoImage.Open(path);
            if (!_request.IgnoreIsoVersion && !iso.IsOfRelease(ProductVersion.Current))
            {
                _checks.Fail(
                    option,
                    $"'{path}' is of version '{iso.Version}', this module is {ProductVersion.Current}. Pass the ISO of the same release, or -Force.");
            }

            if (sha256 is not null && iso.ComputeSha256() is var actual && !string.Equals(actual, sha256, StringComparison.OrdinalIgnoreCase))
            {
                _checks.Fail(option, $"'{path}' is damaged: its SHA-256 is {actual}, this release has {sha256}. Install the module again.");
            }

            return iso;
        }
        catch (Exception exception) when (exception is VicException or IOException)
        {
            _checks.Fail(option, exception.Message);
            return null;
        }
    }

    private Uri TargetUrl(HostPort? target) =>
        target is { } address ? new Uri($"https://{address.WithPort(443)}/sdk") : _client.Server;
}
