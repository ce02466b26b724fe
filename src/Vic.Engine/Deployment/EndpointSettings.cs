using System.Text;
using Vic.Configuration;
using Vic.Engine.Requests;

namespace Vic.Engine.Deployment;

/// <summary>What the user chooses about containers, storage and registries, in the keys that the endpoint reads.</summary>
internal static class EndpointSettings
{
    private const long Gigabyte = 1L << 30;

    // Megabytes of a thousand kilobytes each, as the reference system counts the size of a container's file system.
    private const long KilobytesPerGigabyte = 1_000_000;

    public static void Apply(VirtualContainerHostConfiguration configuration, VchPlan plan)
    {
        var request = plan.Request;
        AddContainers(configuration.Containers, request);
        configuration.Storage.ScratchSize = request.BaseImageSizeGB * KilobytesPerGigabyte;
        configuration.Storage.StorageQuota = request.Storage.QuotaGB * Gigabyte;
        foreach (var store in plan.VolumeStores)
        {
            configuration.Storage.VolumeLocations[store.Key] = store.Value.Url;
        }

        foreach (var mapped in plan.ContainerNetworks)
        {
            configuration.Network.ContainerNetworks[mapped.Configuration.Name] = mapped.Configuration;
        }

        configuration.Registries.Mirrors.AddRange(request.Registries.Mirrors);
        configuration.Registries.Insecure.AddRange(request.Registries.Insecure);
        configuration.Registries.Whitelist.AddRange(request.Registries.Whitelist);
        configuration.Certificates.RegistryCertificateAuthorities = Encoding.UTF8.GetBytes(plan.RegistryAuthorities);
        configuration.Executor.AsymmetricRouting = request.AsymmetricRoutes;
        configuration.Executor.Diagnostics.DebugLevel = request.DebugLevel;
        configuration.Executor.Diagnostics.Syslog = plan.Syslog;
        configuration.Executor.Sessions[EndpointConfiguration.ServiceName].Environment.AddRange(ProxyVariables.Write(request.Proxies));
    }

    private static void AddContainers(ContainerConfiguration configuration, VchRequest request)
    {
        configuration.NameConvention = request.Containers.NameConvention;
        configuration.ContainerLimit = request.Containers.Limit;
        configuration.UseVmGroup = request.Compute.UseVmGroup;
        configuration.VmGroupName = request.Compute.UseVmGroup ? request.Name : "";
    }
}
