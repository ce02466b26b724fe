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
        await RegistryReachCheck.CheckAsync(request, checks, cancellationToken).ConfigureAwait(false);
        if (compute is null)
        {
            return;
        }

        await PermissionsCheck.CheckAsync(client, request, plan, checks, cancellationToken).ConfigureAwait(false);
        ManagingServerCheck.Check(client, compute.Hosts, checks);
        SchedulingCheck.Check(compute, request.Compute, checks);
        if (plan is not null)
        {
            HostReachCheck.Check(compute, Datastores(plan), Networks(plan), checks);
            await UnlessDeniedAsync(BridgeSharingCheck.CheckAsync(client, plan, checks, cancellationToken)).ConfigureAwait(false);
        }

        FirewallCheck.Check(compute.Hosts, plan?.Roles[plan.Roles.Count - 1].Address?.Address.Address.ToIPAddress(), checks);
        await UnlessDeniedAsync(SerialPersistenceCheck.CheckAsync(client, checks, cancellationToken)).ConfigureAwait(false);
        await UnlessDeniedAsync(LicenseCheck.CheckAsync(client, checks, cancellationToken)).ConfigureAwait(false);
    }

    private static List<InventoryEntity> Networks(VchPlan plan) => Distinct(
    [
        .. plan.Roles.Select(role => role.Network),
        .. plan.Bridge.Network is { } bridge ? [bridge] : Array.Empty<InventoryEntity>(),
        .. plan.ContainerNetworks.Select(mapped => mapped.Network),
    ]);

    private static List<InventoryEntity> Datastores(VchPlan plan) =>
        Distinct([plan.ImageStore, .. plan.VolumeStores.Values.Select(store => store.Datastore).OfType<InventoryEntity>()]);

    private static List<InventoryEntity> Distinct(IEnumerable<InventoryEntity> entities) =>
        entities.GroupBy(entity => entity.Reference).Select(group => group.First()).ToList();

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
