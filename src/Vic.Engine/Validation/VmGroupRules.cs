using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Validation;

/// <summary>Whether a DRS group of virtual machines can be made for a VCH.</summary>
internal static class VmGroupRules
{
    private const string Option = "UseVMGroup";

    public static void Check(VchRequest request, ComputeTarget? compute, CheckList checks)
    {
        if (!request.Compute.UseVmGroup || compute is null)
        {
            return;
        }

        var cluster = compute.Resource.Get<ClusterConfigInfoEx>("configurationEx");
        if (cluster?.DrsConfig.Enabled != true)
        {
            checks.Fail(Option, $"A group of virtual machines needs a cluster with DRS; '{compute.Resource}' has none.");
        }
        else if (cluster.Group?.Any(group => string.Equals(group.Name, request.Name, StringComparison.OrdinalIgnoreCase)) == true)
        {
            checks.Fail(Option, $"'{compute.Resource}' has a DRS group '{request.Name}' already; remove it, or give the VCH another name.");
        }
    }
}
