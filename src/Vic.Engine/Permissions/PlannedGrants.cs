using Vic.Engine.Deployment;
using Vic.Vim25;

namespace Vic.Engine.Permissions;

/// <summary>All that the account of a VCH that is to be created is granted.</summary>
internal static class PlannedGrants
{
    /// <param name="client">The session.</param>
    /// <param name="plan">What is to be created.</param>
    /// <param name="pool">The pool or vApp of the VCH; null while it is not made yet.</param>
    /// <param name="folder">The VCH's own folder; null while it is not made yet, and for a vApp, which has none.</param>
    public static IReadOnlyList<PermissionGrant> Of(VimClient client, VchPlan plan, ManagedObjectReference? pool, ManagedObjectReference? folder)
    {
        var grants = GrantScope.Of(client, plan).Grants().ToList();
        var name = plan.Request.Name;
        if (plan.Compute.HasPools)
        {
            grants.Add(new PermissionGrant(OperationsRole.Endpoint, $"the {(plan.Request.AsVApp ? "vApp" : "resource pool")} '{name}'", pool, propagates: true));
        }

        if (!plan.Request.AsVApp)
        {
            grants.Add(new PermissionGrant(OperationsRole.Endpoint, $"the folder '{name}'", folder, propagates: true));
        }

        return grants;
    }

    /// <summary>What would be granted; nothing when that was not asked for, or the account is an administrator.</summary>
    public static async Task<IReadOnlyList<PermissionGrant>> PreviewAsync(VimClient client, VchPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Request.GrantPermission)
        {
            return [];
        }

        var account = await AccountPermissions.ReadAsync(client, plan.Credential.UserName, cancellationToken).ConfigureAwait(false);
        return await account.IsAdministratorAsync(cancellationToken).ConfigureAwait(false)
            ? []
            : Of(client, plan, pool: null, folder: null).Where(grant => !account.IsGranted(grant)).ToList();
    }
}
