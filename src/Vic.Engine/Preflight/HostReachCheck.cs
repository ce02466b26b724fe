using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Engine.Validation;

namespace Vic.Engine.Preflight;

/// <summary>Whether the hosts, on any of which vSphere may start a container, see the datastores and the networks.</summary>
internal static class HostReachCheck
{
    public static void Check(ComputeTarget compute, IReadOnlyList<InventoryEntity> stores, IReadOnlyList<InventoryEntity> networks, CheckList checks)
    {
        checks.Begin("HostReach");
        foreach (var network in networks)
        {
            Tell(checks, compute, $"the network '{network}'", "Attach them to it", host => host.GetReferences("network").Contains(network.Reference));
        }

        foreach (var store in stores)
        {
            Tell(checks, compute, $"the datastore '{store}'", "Mount it there", host => host.GetReferences("datastore").Contains(store.Reference));
        }

        checks.Pass($"All {compute.Hosts.Count} hosts of '{compute.Resource}' see the datastores and the networks.");
    }

    private static void Tell(CheckList checks, ComputeTarget compute, string what, string remedy, Func<InventoryEntity, bool> sees)
    {
        var blind = compute.Hosts.Where(host => !sees(host)).ToList();
        if (blind.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", blind.Select(host => host.Name));
        var left = compute.Hosts.Count - blind.Count;
        checks.Warn(
            $"{names} of '{compute.Resource}' cannot see {what}; "
            + $"containers run on the other {(left == 1 ? "host only: without vMotion, HA and DRS" : $"{left} hosts only")}.",
            $"{remedy}, or pass another one that all hosts see.");
    }
}
