using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Permissions;
using Vic.Engine.Preflight;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Grants the account of a VCH what it lacks for a configuration.</summary>
internal sealed class GrantChange
{
    private const string Option = "GrantPermission";

    private readonly AccountPermissions _account;
    private readonly IReadOnlyList<PermissionGrant> _grants;

    private GrantChange(AccountPermissions account, IReadOnlyList<PermissionGrant> grants)
    {
        _account = account;
        _grants = grants;
    }

    /// <summary>Whether a request grants: when it says so, and where a VCH that was granted its permissions gets something that takes others.</summary>
    public static bool IsWanted(PresentVch vch, VchChangeRequest request) =>
        request.GrantPermission
        || (vch.Info.Configuration.GrantPermissions == VirtualContainerHostConfiguration.AddPermissions
            && request is not { Credential: null, VolumeStores: null, ContainerNetworks: null, UseVmGroup: null });

    /// <summary>Notes what is to be granted for a configuration whose other changes are planned.</summary>
    /// <returns>Grants it; null when there is nothing to grant, or a check failed.</returns>
    public static async Task<GrantChange?> PlanAsync(
        VimClient client, PresentVch vch, VirtualContainerHostConfiguration configuration, SettingList settings, CheckList checks, CancellationToken cancellationToken)
    {
        if (!client.IsVirtualCenter)
        {
            checks.Fail(Option, PermissionsCheck.NotOnHosts);
            return null;
        }

        var name = configuration.Connection.UserName;
        try
        {
            var account = await AccountPermissions.ReadAsync(client, name, cancellationToken).ConfigureAwait(false);
            if (await account.IsAdministratorAsync(cancellationToken).ConfigureAwait(false))
            {
                checks.Warn($"'{name}' is an administrator already; nothing is granted.", "Pass an account that may do no more than it must with -OperationsCredential.");
                return null;
            }

            return Plan(account, AllFor(client, vch, configuration), configuration, settings, checks);
        }
        catch (VimFaultException exception) when (exception.Fault is UserNotFound)
        {
            checks.Fail("OperationsCredential", $"vCenter knows no user '{name}'.");
            return null;
        }
    }

    /// <summary>Grants it; each grant is pushed for being taken back.</summary>
    public async Task RunAsync(CompensationStack undo, CancellationToken cancellationToken)
    {
        foreach (var grant in _grants)
        {
            await _account.GrantAsync(grant, undo, cancellationToken).ConfigureAwait(false);
        }
    }

    private static GrantChange? Plan(
        AccountPermissions account,
        IReadOnlyList<PermissionGrant> all,
        VirtualContainerHostConfiguration configuration,
        SettingList settings,
        CheckList checks)
    {
        foreach (var obstacle in all.Select(account.Obstacle).OfType<string>())
        {
            checks.Fail(Option, obstacle);
        }

        var missing = all.Where(grant => !account.IsGranted(grant)).ToList();
        var isNew = configuration.GrantPermissions != VirtualContainerHostConfiguration.AddPermissions;
        if (missing.Count == 0 && !isNew)
        {
            return null;
        }

        settings.Add(Option, isNew ? "" : "what it needed so far", missing.Count == 0 ? "true" : string.Join(", ", missing), needsRestart: false);

        // By this Remove-VCH knows that they are to be taken back.
        configuration.GrantPermissions = VirtualContainerHostConfiguration.AddPermissions;
        return new GrantChange(account, missing);
    }

    private static List<PermissionGrant> AllFor(VimClient client, PresentVch vch, VirtualContainerHostConfiguration configuration)
    {
        var grants = GrantScope.Of(client, vch.Info, configuration, vch.Inventory).Grants().ToList();
        if (vch.Pool is { } pool)
        {
            grants.Add(new PermissionGrant(OperationsRole.Endpoint, $"the {(pool.Type == "VirtualApp" ? "vApp" : "resource pool")} '{vch.Name}'", pool, propagates: true));
        }

        if (vch.Inventory.Find(vch.Info.Machine.Parent) is { } folder)
        {
            grants.Add(new PermissionGrant(OperationsRole.Endpoint, $"the folder '{folder.Name}'", folder.Reference, propagates: true));
        }

        return grants;
    }
}
