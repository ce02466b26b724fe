using System.Globalization;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Documents;

/// <summary>All properties of a configuration, in the order in which they are written.</summary>
internal static class VchOptions
{
    private const double MegabytesPerGigabyte = 1024;

    private static readonly VchRequest Unset = new() { Name = "", Tls = new TlsRequest { CertificatePath = "" }, ApplianceIso = "", BootstrapIso = "" };

    public static IReadOnlyList<VchOption> All { get; } =
    [
        Text("Name", request => request.Name, (request, value) => request with { Name = value }),
        ForLife(Selector("Datacenter", request => request.Datacenter, (request, value) => request with { Datacenter = value })),
        ForLife(Selector("Location", request => request.Location, (request, value) => request with { Location = value })),
        ForLife(Flag("AsVApp", request => request.AsVApp, (request, value) => request with { AsVApp = value })),
        ForLife(Text("Datastore", StoreOf, WithStore)),
        ForLife(Whole("BaseImageSizeGB", request => request.BaseImageSizeGB, (request, value) => request with { BaseImageSizeGB = (int)value })),
        Whole("StorageQuotaGB", request => request.Storage.QuotaGB, (request, value) => request with { Storage = request.Storage with { QuotaGB = value } }),
        new("VolumeStore", OptionKind.Map, VolumesOf, WithVolumes),
        ForLife(Selector("BridgeNetwork", request => request.BridgeNetwork, (request, value) => request with { BridgeNetwork = value })),
        ForLife(Text("BridgeNetworkRange", request => request.BridgeNetworkRange, (request, value) => request with { BridgeNetworkRange = value })),
        ForLife(Whole("BridgeNetworkWidth", request => request.BridgeNetworkWidth, (request, value) => request with { BridgeNetworkWidth = (int)value })),
        .. Role("Public", request => request.Public, (request, role) => request with { Public = role }),
        .. Role("Client", request => request.Client, (request, role) => request with { Client = role }),
        .. Role("Management", request => request.Management, (request, role) => request with { Management = role }),
        Texts("DnsServer", request => request.DnsServers, (request, value) => request with { DnsServers = value }),
        ForLife(Flag("AsymmetricRoutes", request => request.AsymmetricRoutes, (request, value) => request with { AsymmetricRoutes = value })),
        new("ContainerNetwork", OptionKind.Networks, ContainerNetworkDocument.Write, ContainerNetworkDocument.Read),
        Text("ContainerNameConvention", request => request.Containers.NameConvention, (request, value) => Containers(request, containers => containers with { NameConvention = value })),
        Whole("ContainerLimit", request => request.Containers.Limit, (request, value) => Containers(request, containers => containers with { Limit = (int)value })),
        Whole("EndpointCpu", request => request.Compute.EndpointCpus, (request, value) => Compute(request, compute => compute with { EndpointCpus = (int)value })),
        Gigabytes("EndpointMemoryGB", compute => compute.EndpointMemoryMB, (compute, value) => compute with { EndpointMemoryMB = value }),
        OptionalWhole("CpuLimitMhz", compute => compute.CpuLimitMhz, (compute, value) => compute with { CpuLimitMhz = value }),
        OptionalWhole("CpuReservationMhz", compute => compute.CpuReservationMhz, (compute, value) => compute with { CpuReservationMhz = value }),
        .. Shares("Cpu", compute => compute.CpuShares, (compute, value) => compute with { CpuShares = value }),
        Gigabytes("MemLimitGB", compute => compute.MemoryLimitMB, (compute, value) => compute with { MemoryLimitMB = value }),
        Gigabytes("MemReservationGB", compute => compute.MemoryReservationMB, (compute, value) => compute with { MemoryReservationMB = value }),
        .. Shares("Mem", compute => compute.MemoryShares, (compute, value) => compute with { MemoryShares = value }),
        Flag("UseVMGroup", request => request.Compute.UseVmGroup, (request, value) => Compute(request, compute => compute with { UseVmGroup = value })),
        ForLife(Text("AdvertisedAddress", request => request.AdvertisedAddress, (request, value) => request with { AdvertisedAddress = value })),
        ForLife(Text("TargetAddress", request => request.TargetAddress, (request, value) => request with { TargetAddress = value })),
        ForLife(Mode("NoTls", TlsMode.None)),
        Mode("NoTlsVerify", TlsMode.ServerOnly),
        Text("TlsCommonName", request => request.Tls.CommonName, (request, value) => Tls(request, tls => tls with { CommonName = value })),
        Texts("TlsCA", request => request.Tls.ClientAuthorities, (request, value) => Tls(request, tls => tls with { ClientAuthorities = value })),
        Texts("Organization", request => request.Tls.Organizations, (request, value) => Tls(request, tls => tls with { Organizations = value })),
        Text("CertificateKeyAlgorithm", request => request.Tls.Keys.Algorithm.ToString(), WithAlgorithm),
        Whole("CertificateKeySize", KeySizeOf, (request, value) => Tls(request, tls => tls with { Keys = tls.Keys with { Size = (int)value } })),
        Texts("RegistryMirror", request => request.Registries.Mirrors, (request, value) => Registries(request, registries => registries with { Mirrors = value })),
        Texts("RegistryCA", request => request.Registries.Authorities, (request, value) => Registries(request, registries => registries with { Authorities = value })),
        Texts("InsecureRegistry", request => request.Registries.Insecure, (request, value) => Registries(request, registries => registries with { Insecure = value })),
        Texts("WhitelistRegistry", request => request.Registries.Whitelist, (request, value) => Registries(request, registries => registries with { Whitelist = value })),
        Text("HttpProxy", request => request.Proxies.Http, (request, value) => request with { Proxies = request.Proxies with { Http = value } }),
        Text("HttpsProxy", request => request.Proxies.Https, (request, value) => request with { Proxies = request.Proxies with { Https = value } }),
        Texts("NoProxy", request => request.Proxies.Exceptions, (request, value) => request with { Proxies = request.Proxies with { Exceptions = value } }),
        Text("SyslogAddress", request => request.SyslogAddress, (request, value) => request with { SyslogAddress = value }),
        Whole("DebugLevel", request => request.DebugLevel, (request, value) => request with { DebugLevel = (int)value }),
        Flag("GrantPermission", request => request.GrantPermission, (request, value) => request with { GrantPermission = value }),
        Text(OpsUserName, request => request.OpsUserName, (request, value) => request with { OpsUserName = value }) with { IsParameter = false },
    ];

    /// <summary>The account of the VCH, whose password no configuration holds.</summary>
    public const string OpsUserName = "OpsUserName";

    private static VchOption ForLife(VchOption option) => option with { IsForLife = true };

    private static VchOption Text(string name, Func<VchRequest, string?> get, Func<VchRequest, string, VchRequest> set) =>
        new(name, OptionKind.Text, request => Differs(get, request), (request, value) => set(request, (string)value));

    private static VchOption Whole(string name, Func<VchRequest, long> get, Func<VchRequest, long, VchRequest> set) =>
        new(name, OptionKind.Whole, request => get(request) == get(Unset) ? null : get(request), (request, value) => set(request, (long)value));

    private static VchOption OptionalWhole(string name, Func<ComputeRequest, long?> get, Func<ComputeRequest, long, ComputeRequest> set) =>
        new(name, OptionKind.Whole, request => get(request.Compute), (request, value) => Compute(request, compute => set(compute, (long)value)));

    private static VchOption Gigabytes(string name, Func<ComputeRequest, long?> get, Func<ComputeRequest, long, ComputeRequest> set) => new(
        name,
        OptionKind.Number,
        request => get(request.Compute) is { } megabytes && megabytes != get(Unset.Compute) ? megabytes / MegabytesPerGigabyte : null,
        (request, value) => Compute(request, compute => set(compute, (long)Math.Round((double)value * MegabytesPerGigabyte))));

    private static VchOption Flag(string name, Func<VchRequest, bool> get, Func<VchRequest, bool, VchRequest> set) =>
        new(name, OptionKind.Flag, request => get(request) ? true : null, (request, value) => set(request, (bool)value));

    private static VchOption Texts(string name, Func<VchRequest, IReadOnlyList<string>> get, Func<VchRequest, IReadOnlyList<string>, VchRequest> set) => new(
        name,
        OptionKind.Texts,
        request => get(request).Count == 0 ? null : get(request).ToList<object>(),
        (request, value) => set(request, ((IEnumerable<object>)value).Cast<string>().ToList()));

    private static VchOption Selector(string name, Func<VchRequest, InventorySelector?> get, Func<VchRequest, InventorySelector, VchRequest> set) =>
        Text(name, request => get(request)?.ToString(), (request, value) => set(request, InventorySelector.ByName(value)));

    private static IEnumerable<VchOption> Role(string name, Func<VchRequest, EndpointNetworkRequest> get, Func<VchRequest, EndpointNetworkRequest, VchRequest> set) =>
    [
        ForLife(Selector($"{name}Network", request => get(request).Network, (request, value) => set(request, get(request) with { Network = value }))),
        ForLife(Text($"{name}NetworkAddress", request => get(request).Address, (request, value) => set(request, get(request) with { Address = value }))),
        ForLife(Text($"{name}NetworkGateway", request => get(request).Gateway, (request, value) => set(request, get(request) with { Gateway = value }))),
    ];

    private static IEnumerable<VchOption> Shares(string resource, Func<ComputeRequest, ShareRequest?> get, Func<ComputeRequest, ShareRequest, ComputeRequest> set) =>
    [
        Text(
            $"{resource}SharesLevel",
            request => get(request.Compute)?.Level is { } level and not SharesLevel.Normal ? level.ToString() : null,
            (request, value) => Compute(request, compute => set(compute, new ShareRequest(Word<SharesLevel>($"{resource}SharesLevel", value), get(compute)?.Number)))),
        new(
            $"Num{resource}Shares",
            OptionKind.Whole,
            request => get(request.Compute)?.Number is { } number ? (long)number : null,
            (request, value) => Compute(request, compute => set(compute, new ShareRequest(get(compute)?.Level ?? SharesLevel.Custom, (int)(long)value)))),
    ];

    private static VchOption Mode(string name, TlsMode mode) =>
        Flag(name, request => request.Tls.Mode == mode, (request, value) => value ? Tls(request, tls => tls with { Mode = mode }) : request);

    private static string? StoreOf(VchRequest request) =>
        request.ImageStore is null ? null : request.ImageStorePath.Length == 0 ? request.ImageStore.ToString() : $"{request.ImageStore}/{request.ImageStorePath}";

    private static VchRequest WithStore(VchRequest request, string value)
    {
        var slash = value.IndexOf('/');
        return request with
        {
            ImageStore = InventorySelector.ByName(slash < 0 ? value : value.Substring(0, slash)),
            ImageStorePath = slash < 0 ? "" : value.Substring(slash + 1),
        };
    }

    private static SortedDictionary<string, object>? VolumesOf(VchRequest request) =>
        request.Storage.VolumeStores.Count == 0
            ? null
            : new SortedDictionary<string, object>(request.Storage.VolumeStores.ToDictionary(store => store.Label, store => (object)store.Location), StringComparer.Ordinal);

    private static VchRequest WithVolumes(VchRequest request, object value) => request with
    {
        Storage = request.Storage with
        {
            VolumeStores = ((IEnumerable<KeyValuePair<string, object>>)value).Select(store => new VolumeStoreRequest(store.Key, (string)store.Value)).ToList(),
        },
    };

    // The size that an algorithm has by itself says nothing.
    private static long KeySizeOf(VchRequest request) =>
        request.Tls.Keys == KeyRecipe.Of(request.Tls.Keys.Algorithm, null) ? Unset.Tls.Keys.Size : request.Tls.Keys.Size;

    private static VchRequest WithAlgorithm(VchRequest request, string value) =>
        Tls(request, tls => tls with { Keys = KeyRecipe.Of(Word<KeyAlgorithm>("CertificateKeyAlgorithm", value), null) });

    private static T Word<T>(string option, string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.GetNames(typeof(T)).Contains(text, StringComparer.OrdinalIgnoreCase)
            ? value
            : throw new FormatException(string.Format(
                CultureInfo.InvariantCulture, "{0} is none of {1}: '{2}'", option, string.Join(", ", Enum.GetNames(typeof(T))), text));

    private static string? Differs(Func<VchRequest, string?> get, VchRequest request) =>
        get(request) is { Length: > 0 } text && text != get(Unset) ? text : null;

    private static VchRequest Compute(VchRequest request, Func<ComputeRequest, ComputeRequest> change) => request with { Compute = change(request.Compute) };

    private static VchRequest Containers(VchRequest request, Func<ContainerRequest, ContainerRequest> change) =>
        request with { Containers = change(request.Containers) };

    private static VchRequest Tls(VchRequest request, Func<TlsRequest, TlsRequest> change) => request with { Tls = change(request.Tls) };

    private static VchRequest Registries(VchRequest request, Func<RegistryRequest, RegistryRequest> change) =>
        request with { Registries = change(request.Registries) };
}
