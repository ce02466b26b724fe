using Vic.Engine.Documents;
using Vic.Engine.Permissions;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Turns a configuration into what is to be changed about a VCH that exists.</summary>
internal sealed class ConfigurationPlan(VimClient client, PresentVch vch, CheckList checks)
{
    /// <summary>A request that says all that the configuration says; what it says itself stays.</summary>
    /// <exception cref="VicException">A word is none of those that a property takes, or the VCH's own configuration is damaged.</exception>
    public async Task<VchChangeRequest> MergeAsync(VchConfiguration document, VchChangeRequest request, CancellationToken cancellationToken)
    {
        var present = await new VchExport(client).DescribeAsync(vch.Info, vch.Inventory, cancellationToken).ConfigureAwait(false);
        var wanted = document.ApplyTo(Unchanged(present));
        new LifelongSettings(client, vch, checks).Check(document, present, wanted);
        CheckAccount(document, request);
        var (compute, registries, proxies) = (wanted.Compute, wanted.Registries, wanted.Proxies);

        // Without a pool of its own a VCH has no limits, whatever it was asked for.
        var hasPool = vch.Limits is not null;
        var hasStaticAddress = new[] { present.Public, present.Client, present.Management }.Any(role => role.Address is not null);
        return request with
        {
            CpuLimitMhz = request.CpuLimitMhz ?? (hasPool ? compute.CpuLimitMhz ?? 0 : null),
            CpuReservationMhz = request.CpuReservationMhz ?? (hasPool ? compute.CpuReservationMhz ?? 0 : null),
            CpuShares = request.CpuShares ?? (hasPool ? compute.CpuShares ?? new ShareRequest(SharesLevel.Normal) : null),
            MemoryLimitMB = request.MemoryLimitMB ?? (hasPool ? compute.MemoryLimitMB ?? 0 : null),
            MemoryReservationMB = request.MemoryReservationMB ?? (hasPool ? compute.MemoryReservationMB ?? 0 : null),
            MemoryShares = request.MemoryShares ?? (hasPool ? compute.MemoryShares ?? new ShareRequest(SharesLevel.Normal) : null),
            EndpointCpus = request.EndpointCpus ?? compute.EndpointCpus,
            EndpointMemoryMB = request.EndpointMemoryMB ?? compute.EndpointMemoryMB,
            UseVmGroup = request.UseVmGroup ?? compute.UseVmGroup,

            // With a static address New-VCH chooses servers where none are named.
            DnsServers = request.DnsServers ?? (hasStaticAddress && wanted.DnsServers.Count == 0 ? null : wanted.DnsServers),
            HttpProxy = request.HttpProxy ?? proxies.Http ?? "",
            HttpsProxy = request.HttpsProxy ?? proxies.Https ?? "",
            NoProxy = request.NoProxy ?? proxies.Exceptions,
            RegistryMirrors = request.RegistryMirrors ?? registries.Mirrors,
            RegistryAuthorities = request.RegistryAuthorities ?? registries.Authorities,
            InsecureRegistries = request.InsecureRegistries ?? registries.Insecure,
            WhitelistRegistries = request.WhitelistRegistries ?? registries.Whitelist,
            StorageQuotaGB = request.StorageQuotaGB ?? wanted.Storage.QuotaGB,
            VolumeStores = request.VolumeStores ?? wanted.Storage.VolumeStores,
            ContainerNetworks = request.ContainerNetworks ?? wanted.Containers.Networks,
            ContainerNameConvention = request.ContainerNameConvention ?? wanted.Containers.NameConvention,
            ContainerLimit = request.ContainerLimit ?? wanted.Containers.Limit,
            GrantPermission = request.GrantPermission || wanted.GrantPermission,
            SyslogAddress = request.SyslogAddress ?? wanted.SyslogAddress ?? "",
            DebugLevel = request.DebugLevel ?? wanted.DebugLevel,
            Tls = request.Tls ?? new ConfiguredTls(document, vch).Compare(present.Tls, wanted.Tls, request.CertificatePath ?? vch.Name),
        };
    }

    // What the VCH has, where the configuration need not say it; the rest as New-VCH would have it.
    private static VchRequest Unchanged(VchRequest present) => new()
    {
        Name = present.Name,
        Location = present.Location,
        Datacenter = present.Datacenter,
        ImageStore = present.ImageStore,
        ImageStorePath = present.ImageStorePath,
        BaseImageSizeGB = present.BaseImageSizeGB,
        AsVApp = present.AsVApp,
        BridgeNetwork = present.BridgeNetwork,
        BridgeNetworkRange = present.BridgeNetworkRange,
        BridgeNetworkWidth = present.BridgeNetworkWidth,
        Public = present.Public,
        Client = present.Client,
        Management = present.Management,
        AsymmetricRoutes = present.AsymmetricRoutes,
        AdvertisedAddress = present.AdvertisedAddress,
        TargetAddress = present.TargetAddress,
        OpsUserName = present.OpsUserName,
        Tls = new TlsRequest { CertificatePath = "" },
        ApplianceIso = "",
        BootstrapIso = "",
    };

    private void CheckAccount(VchConfiguration document, VchChangeRequest request)
    {
        var present = vch.Info.Configuration.Connection.UserName;
        if (request.Credential is null && document.OpsUserName is { } wanted && !AccountName.AreSame(wanted, present))
        {
            checks.Fail(
                "OperationsCredential",
                $"'{vch.Name}' works with the account '{present}', the configuration asks for '{wanted}', whose password no configuration holds. Pass it with -OperationsCredential.");
        }
    }
}
