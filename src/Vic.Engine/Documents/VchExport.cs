using System.Text;
using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Documents;

/// <summary>
/// Reads what would make an existing VCH again: from its own configuration, which one made by vic-machine 1.5 has as well, and from the inventory.
/// </summary>
public sealed class VchExport
{
    private static readonly string[] MachinePaths = ["config.hardware.numCPU", "config.hardware.memoryMB"];
    private static readonly string[] Roles = ["public", "client", "management"];

    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchExport(VimClient client) => _client = client;

    /// <summary>The configuration of a VCH.</summary>
    /// <exception cref="VicException">A certificate of the VCH is damaged.</exception>
    public async Task<VchConfiguration> ReadAsync(VchInfo vch, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading the configuration of '{vch.Name}'"));
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        return VchConfiguration.Of(await DescribeAsync(vch, inventory, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The request that would make a VCH again.</summary>
    /// <exception cref="VicException">A certificate of the VCH is damaged.</exception>
    internal async Task<VchRequest> DescribeAsync(VchInfo vch, InventorySnapshot inventory, CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(_client, vch.Reference, MachinePaths, cancellationToken).ConfigureAwait(false);
        var pool = vch.Pool is { } reference
            ? await InventoryView.ReadAsync(_client, reference, ["name", "parent", "config"], cancellationToken).ConfigureAwait(false)
            : null;
        try
        {
            return Describe(vch, new InventoryNames(inventory), inventory, machine, pool);
        }
        catch (FormatException exception)
        {
            throw new VicException(
                "ConfigurationDamaged", VicErrorKind.Failed, $"The configuration of '{vch.Name}' holds what cannot be read: {exception.Message}", exception)
            {
                Target = vch.Name,
            };
        }
    }

    private VchRequest Describe(VchInfo vch, InventoryNames names, InventorySnapshot inventory, InventoryEntity machine, InventoryEntity? pool)
    {
        var configuration = vch.Configuration;
        var roles = Roles.Select(role => Role(configuration, role, names, inventory)).ToList();
        var ownsPool = pool is not null && !names.IsRoot(pool);
        var store = configuration.Storage.ImageStores.FirstOrDefault();
        var folder = store?.Path.Trim('/') ?? "";
        return new VchRequest
        {
            Name = vch.Name,
            Datacenter = Datacenter(vch, inventory),
            Location = pool is null ? null : InventorySelector.ByName(names.Location((ownsPool ? pool.Parent : pool.Reference) ?? pool.Reference)),
            AsVApp = pool?.Reference.Type == "VirtualApp",
            ImageStore = store is null ? null : InventorySelector.ByName(store.Host),
            ImageStorePath = folder == MachineRemoval.Home(vch.Machine)?.Name ? "" : folder,
            BaseImageSizeGB = GigabytesOf(configuration.Storage.ScratchSize),
            Storage = new StorageRequest
            {
                QuotaGB = configuration.Storage.StorageQuota >> 30,
                VolumeStores = configuration.Storage.VolumeLocations.OrderBy(location => location.Key, StringComparer.Ordinal)
                    .Select(location => new VolumeStoreRequest(location.Key, location.Value.ToString())).ToList(),
            },
            BridgeNetwork = Bridge(vch, names, inventory),
            BridgeNetworkRange = configuration.Network.BridgeRange?.ToString() ?? DefaultRequest.BridgeNetworkRange,
            BridgeNetworkWidth = configuration.Network.BridgeNetworkMask?.PrefixLength ?? DefaultRequest.BridgeNetworkWidth,
            Public = roles[0].Beside(null),
            Client = roles[1].Beside(roles[0]),
            Management = roles[2].Beside(roles[1]),
            DnsServers = configuration.Executor.Networks.TryGetValue("public", out var network)
                ? network.Network.Nameservers.ConvertAll(server => server.ToString())
                : [],
            AsymmetricRoutes = configuration.Executor.AsymmetricRouting,
            Containers = Containers(configuration, names, inventory),
            Compute = Compute(configuration, machine, ownsPool ? pool!.Get<ResourceConfigSpec>("config") : null),
            AdvertisedAddress = configuration.AdvertisedAddresses.FirstOrDefault(),
            TargetAddress = Uri.TryCreate(configuration.Connection.Target, UriKind.Absolute, out var target) ? EndpointTarget.Describe(target, _client.Server) : null,
            Tls = Tls(vch, roles),
            Registries = new RegistryRequest
            {
                Mirrors = configuration.Registries.Mirrors,
                Insecure = configuration.Registries.Insecure,
                Whitelist = configuration.Registries.Whitelist,
                Authorities = DescribedTls.SplitPem(Encoding.UTF8.GetString(configuration.Certificates.RegistryCertificateAuthorities)),
            },
            Proxies = Proxies(configuration),
            SyslogAddress = SyslogAddress.Describe(configuration.Executor.Diagnostics.Syslog),
            DebugLevel = configuration.Executor.Diagnostics.DebugLevel,
            OpsUserName = configuration.Connection.UserName,
            GrantPermission = configuration.GrantPermissions == VirtualContainerHostConfiguration.AddPermissions,
            ApplianceIso = "",
            BootstrapIso = "",
        };
    }

    private static readonly VchRequest DefaultRequest = new() { Name = "", Tls = new TlsRequest { CertificatePath = "" }, ApplianceIso = "", BootstrapIso = "" };

    private static InventorySelector? Datacenter(VchInfo vch, InventorySnapshot inventory) =>
        inventory.Find(vch.Pool ?? vch.Machine.Parent) is { } above
        && inventory.DatacenterAbove(above) is { } datacenter
            ? InventorySelector.ByName(datacenter.Name)
            : null;

    private static InventorySelector? Bridge(VchInfo vch, InventoryNames names, InventorySnapshot inventory) =>
        Entity(vch.BridgeNetworkId, inventory) is { } bridge && bridge.Name != vch.Name ? InventorySelector.ByName(names.Of(bridge)) : null;

    private static DescribedRole Role(VirtualContainerHostConfiguration configuration, string role, InventoryNames names, InventorySnapshot inventory)
    {
        if (!configuration.Executor.Networks.TryGetValue(role, out var endpoint))
        {
            return new DescribedRole(null, null, null, null);
        }

        var network = Entity(endpoint.Network.Id, inventory);
        var destinations = endpoint.Network.Destinations.Select(entry => entry.Value?.ToString()).OfType<string>();
        return new DescribedRole(
            network?.Reference,
            network is null ? null : names.Of(network),
            endpoint.Static ? endpoint.Address?.ToString() : null,
            endpoint.Static ? DescribedRole.GatewayText(endpoint.Network.Gateway?.Address.ToString(), destinations) : null);
    }

    private static ContainerRequest Containers(VirtualContainerHostConfiguration configuration, InventoryNames names, InventorySnapshot inventory) => new()
    {
        NameConvention = configuration.Containers.NameConvention.Length > 0 ? configuration.Containers.NameConvention : ContainerConfiguration.DefaultNameConvention,
        Limit = configuration.Containers.ContainerLimit,
        Networks = configuration.Network.ContainerNetworks.Where(entry => entry.Key != configuration.Network.BridgeNetwork)
            .Select(entry => DescribedNetwork.Describe(entry.Value, Entity(entry.Value.Id, inventory) is { } group ? names.Of(group) : entry.Value.Id))
            .OrderBy(network => network.Alias ?? network.Network.ToString(), StringComparer.Ordinal).ToList(),
    };

    private static ComputeRequest Compute(VirtualContainerHostConfiguration configuration, InventoryEntity machine, ResourceConfigSpec? pool) => new()
    {
        EndpointCpus = machine.GetValue<int>("config.hardware.numCPU") ?? DefaultRequest.Compute.EndpointCpus,
        EndpointMemoryMB = machine.GetValue<int>("config.hardware.memoryMB") ?? DefaultRequest.Compute.EndpointMemoryMB,
        CpuLimitMhz = Positive(pool?.CpuAllocation.Limit),
        CpuReservationMhz = Positive(pool?.CpuAllocation.Reservation),
        CpuShares = Shares(pool?.CpuAllocation.Shares),
        MemoryLimitMB = Positive(pool?.MemoryAllocation.Limit),
        MemoryReservationMB = Positive(pool?.MemoryAllocation.Reservation),
        MemoryShares = Shares(pool?.MemoryAllocation.Shares),
        UseVmGroup = configuration.Containers.UseVmGroup,
    };

    private static TlsRequest Tls(VchInfo vch, IReadOnlyList<DescribedRole> roles)
    {
        var certificates = vch.Configuration.Certificates;
        var implied = new[] { vch.Configuration.AdvertisedAddresses.Select(HostPort.TryParse).FirstOrDefault()?.Host }
            .Concat(roles.Take(2).Select(role => role.Address?.Split('/')[0])).OfType<string>().ToList();
        var server = certificates.HostCertificate is { } own ? Encoding.UTF8.GetString(own.Certificate) : null;
        return DescribedTls.Describe(vch.TlsMode, server, vch.ClientAuthorities, vch.Name, implied);
    }

    // Our endpoint is one service; the reference system's Docker side is one of three, and has the same variables.
    private static ProxyRequest Proxies(VirtualContainerHostConfiguration configuration) =>
        ProxyVariables.Read(configuration.Executor.Sessions.Values.SelectMany(session => session.Environment).ToList());

    private static InventoryEntity? Entity(string? id, InventorySnapshot inventory) =>
        ManagedObjectReference.TryParse(id ?? "", out var reference) ? inventory.Find(reference) : null;

    private static long? Positive(long? value) => value > 0 ? value : null;

    private static ShareRequest? Shares(SharesInfo? shares) => shares?.Level switch
    {
        null or SharesLevel.Normal => null,
        SharesLevel.Custom => new ShareRequest(SharesLevel.Custom, shares.Shares),
        var level => new ShareRequest(level.Value),
    };

    // A size that is no whole number can only be asked for as the next larger one.
    private static int GigabytesOf(long kilobytes) => kilobytes <= 0 ? DefaultRequest.BaseImageSizeGB : (int)((kilobytes + 999_999) / 1_000_000);
}
