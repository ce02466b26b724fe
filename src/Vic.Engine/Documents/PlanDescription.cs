using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Documents;

/// <summary>Says what a checked request means in the same words in which an existing VCH is described, so that the two can be compared.</summary>
internal static class PlanDescription
{
    public static VchConfiguration Describe(VchPlan plan, Uri server)
    {
        var request = plan.Request;
        var names = new InventoryNames(plan.Inventory);
        var roles = DescribedRole.Describe(plan.Roles, names);
        return VchConfiguration.Of(request with
        {
            Datacenter = InventorySelector.ByName(plan.Datacenter.Name),
            Location = InventorySelector.ByName(names.Location(plan.Compute.ParentPool)),
            ImageStore = InventorySelector.ByName(plan.ImageStore.Name),
            BridgeNetwork = plan.Bridge.Name == request.Name ? null : InventorySelector.ByName(plan.Bridge.Network is { } bridge ? names.Of(bridge) : plan.Bridge.Name),
            BridgeNetworkRange = plan.BridgeRange.Range.ToString(),
            Public = roles[0],
            Client = roles[1],
            Management = roles[2],
            DnsServers = plan.DnsServers.Select(address => address.ToString()).ToList(),
            Compute = Compute(request.Compute, plan.Compute.HasPools),
            Containers = request.Containers with
            {
                Networks = plan.ContainerNetworks.Select(mapped => DescribedNetwork.Describe(mapped.Configuration, names.Of(mapped.Network)))
                    .OrderBy(network => network.Alias ?? network.Network.ToString(), StringComparer.Ordinal).ToList(),
            },
            Storage = request.Storage with { VolumeStores = plan.VolumeStores.Select(store => new VolumeStoreRequest(store.Key, store.Value.Url.ToString())).ToList() },
            Registries = request.Registries with { Authorities = DescribedTls.SplitPem(plan.RegistryAuthorities) },
            AdvertisedAddress = plan.Advertised?.ToString(),
            TargetAddress = EndpointTarget.Describe(plan.Target, server),
            SyslogAddress = SyslogAddress.Describe(plan.Syslog),
            Tls = Tls(plan),
            OpsUserName = plan.Credential.UserName,
        });
    }

    private static ComputeRequest Compute(ComputeRequest request, bool hasPools) => request with
    {
        CpuLimitMhz = hasPools ? request.CpuLimitMhz : null,
        CpuReservationMhz = hasPools ? request.CpuReservationMhz : null,
        CpuShares = hasPools && request.CpuShares?.Level != SharesLevel.Normal ? request.CpuShares : null,
        MemoryLimitMB = hasPools ? request.MemoryLimitMB : null,
        MemoryReservationMB = hasPools ? request.MemoryReservationMB : null,
        MemoryShares = hasPools && request.MemoryShares?.Level != SharesLevel.Normal ? request.MemoryShares : null,
    };

    private static TlsRequest Tls(VchPlan plan)
    {
        var tls = plan.Tls;
        var implied = new[] { plan.Advertised?.Host }.Concat(plan.Roles.Take(2).Select(role => role.Address?.Address.Address.ToString())).OfType<string>().ToList();
        return tls.Mode == Certificates.TlsMode.None || tls.Existing is not null
            ? DescribedTls.Describe(tls.Mode, tls.Existing?.Server, tls.Existing?.Authority ?? "", plan.Request.Name, implied)
            : DescribedTls.Describe(tls.Mode, tls.Names.Select(name => name.Text).ToList(), tls.Keys, tls.Organizations, plan.Request.Name, implied);
    }
}
