using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>The checks of the site: hosts, licences, settings, accounts.</summary>
internal sealed class SitePreflight(VimClient client, VchRequest request, CheckList checks)
{
    /// <param name="plan">What the request means; null when that is not clear.</param>
    /// <param name="compute">Where; null when that is not clear.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task CheckAsync(VchPlan? plan, ComputeTarget? compute, CancellationToken cancellationToken)
    {
        await OperationsAccountCheck.CheckAsync(client, request, checks, cancellationToken).ConfigureAwait(false);
        if (compute is null)
        {
            return;
        }

        await PermissionsCheck.CheckAsync(client, request, plan, checks, cancellationToken).ConfigureAwait(false);
        ManagingServerCheck.Check(client, compute.Hosts, checks);
        SchedulingCheck.Check(compute, request.Compute, checks);
        if (plan is not null)
        {
            HostReachCheck.Check(compute, plan.ImageStore, Networks(plan), checks);
        }

        FirewallCheck.Check(compute.Hosts, plan?.Roles[plan.Roles.Count - 1].Address?.Address.Address.ToIPAddress(), checks);
        await UnlessDeniedAsync(SerialPersistenceCheck.CheckAsync(client, checks, cancellationToken)).ConfigureAwait(false);
        await UnlessDeniedAsync(LicenseCheck.CheckAsync(client, checks, cancellationToken)).ConfigureAwait(false);
    }

    private static List<InventoryEntity> Networks(VchPlan plan) =>
        plan.Roles.Select(role => role.Network).Concat(plan.Bridge.Network is { } bridge ? [bridge] : Array.Empty<InventoryEntity>())
            .GroupBy(network => network.Reference).Select(group => group.First()).ToList();

    // What an account may not read is no reason to refuse it a VCH.
    private async Task UnlessDeniedAsync(Task check)
    {
        try
        {
            await check.ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is NoPermission and not NotAuthenticated)
        {
            checks.Warn("This account may not read it.", "Check with an account that may.");
        }
        catch (VimFaultException exception) when (Faults.IsUnknownMethod(exception))
        {
            checks.Warn($"The server does not tell: {exception.Message}", "Look it up in the vSphere Client.");
        }
    }
}
