using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Validation;

namespace Vic.Engine.Preflight;

/// <summary>What a cluster without DRS cannot do for a VCH.</summary>
internal static class SchedulingCheck
{
    public static void Check(ComputeTarget compute, ComputeRequest request, CheckList checks)
    {
        checks.Begin("DRS");
        if (compute.Resource.Reference.Type != "ClusterComputeResource")
        {
            return;
        }

        if (!compute.HasPools)
        {
            var ignored = request.HasLimits ? " The limits asked for are ignored." : "";
            checks.Warn(
                $"'{compute.Resource}' has no DRS: the VCH gets no pool of its own, and containers are placed once, when they are created.{ignored}",
                "Turn DRS on for the cluster.");
        }

        checks.Pass($"'{compute.Resource}' has DRS.");
    }
}
