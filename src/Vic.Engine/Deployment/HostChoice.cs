using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Chooses the host of the endpoint VM where vSphere does not: in a cluster without DRS (vSphere API reference, <c>Folder.CreateVM_Task</c>).</summary>
internal static class HostChoice
{
    private const long Megabyte = 1 << 20;

    /// <returns>The host with the most free memory among those that reach everything; null, and a problem, when there is none.</returns>
    public static InventoryEntity? Choose(
        ComputeTarget compute, InventoryEntity store, IReadOnlyList<InventoryEntity> networks, CheckList checks)
    {
        var host = compute.Hosts.Where(host => IsInService(host) && Reaches(host, store, networks)).OrderByDescending(FreeMemory).FirstOrDefault();
        if (host is null)
        {
            checks.Fail(
                "Location",
                $"No host of '{compute.Resource}' is in service and reaches the datastore '{store}' and the networks "
                + $"{string.Join(", ", networks.Select(network => $"'{network}'").Distinct())}.");
        }

        return host;
    }

    private static bool IsInService(InventoryEntity host) =>
        host.GetValue<HostSystemConnectionState>("runtime.connectionState") == HostSystemConnectionState.Connected
        && host.GetValue<bool>("runtime.inMaintenanceMode") != true;

    private static bool Reaches(InventoryEntity host, InventoryEntity store, IReadOnlyList<InventoryEntity> networks)
    {
        var reachable = host.GetReferences("network");
        return host.GetReferences("datastore").Contains(store.Reference) && networks.All(network => reachable.Contains(network.Reference));
    }

    private static long FreeMemory(InventoryEntity host) =>
        (host.GetValue<long>("summary.hardware.memorySize") ?? 0) - ((host.GetValue<int>("summary.quickStats.overallMemoryUsage") ?? 0) * Megabyte);
}
