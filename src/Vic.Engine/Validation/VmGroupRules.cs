using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Validation;

/// <summary>Whether a DRS group of virtual machines can be made for a VCH.</summary>
internal static class VmGroupRules
{
    private const string Option = "UseVMGroup";

    public static void Check(VchRequest request, ComputeTarget? compute, CheckList checks)
    {
        if (request.Compute.UseVmGroup && compute is not null)
        {
            CheckNew(compute.Resource, request.Name, checks);
        }
    }

    /// <summary>Whether a group can be made.</summary>
    /// <param name="compute">The cluster, with its <c>configurationEx</c>, or the compute resource of one host.</param>
    /// <param name="name">The group's name, which is the VCH's.</param>
    /// <param name="checks">Takes the problems.</param>
    public static void CheckNew(InventoryEntity compute, string name, CheckList checks)
    {
        var cluster = compute.Get<ClusterConfigInfoEx>("configurationEx");
        if (cluster?.DrsConfig.Enabled != true)
        {
            checks.Fail(Option, $"A group of virtual machines needs a cluster with DRS; '{compute}' has none.");
        }
        else if (cluster.Group?.Any(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase)) == true)
        {
            checks.Fail(Option, $"'{compute}' has a DRS group '{name}' already; remove it, or give the VCH another name.");
        }
    }

    /// <summary>Whether a group can go: a rule that refers to it would be left without machines.</summary>
    public static void CheckUnused(InventoryEntity compute, string name, CheckList checks)
    {
        var rules = compute.Get<ClusterConfigInfoEx>("configurationEx")?.Rule?.Where(rule => Groups(rule).Contains(name)).Select(rule => $"'{rule.Name}'").ToList() ?? [];
        if (rules.Count > 0)
        {
            checks.Fail(Option, $"These rules of '{compute}' refer to the DRS group '{name}': {string.Join(", ", rules)}. Remove them first, or keep the group.");
        }
    }

    private static string?[] Groups(ClusterRuleInfo rule) => rule switch
    {
        ClusterVmHostRuleInfo hosts => [hosts.VmGroupName],
        ClusterDependencyRuleInfo order => [order.VmGroup, order.DependsOnVmGroup],
        _ => [],
    };
}
