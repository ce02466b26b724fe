using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Permissions;

/// <summary>What an account may do on which objects, as one reading has shown it, and how that is changed.</summary>
internal sealed class AccountPermissions
{
    // Nobody but an administrator may give permissions on everything.
    private const string AdministratorsPrivilege = "Authorization.ModifyPermissions";

    private readonly VimClient _client;
    private readonly AuthorizationManager _manager;
    private readonly string _account;
    private readonly Dictionary<string, AuthorizationRole> _roles;
    private readonly List<Permission> _permissions;

    private AccountPermissions(
        VimClient client, AuthorizationManager manager, string account, IEnumerable<AuthorizationRole> roles, IEnumerable<Permission> permissions)
    {
        _client = client;
        _manager = manager;
        _account = account;
        _roles = roles.ToDictionary(role => role.Name, StringComparer.OrdinalIgnoreCase);
        _permissions = permissions.Where(permission => !permission.Group && AccountName.AreSame(permission.Principal, account)).ToList();
    }

    /// <summary>Reads roles, and the permissions of an account itself (not those of its groups).</summary>
    public static async Task<AccountPermissions> ReadAsync(VimClient client, string account, CancellationToken cancellationToken)
    {
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var roles = await client.GetPropertyAsync<List<AuthorizationRole>>(manager.Reference, "roleList", cancellationToken).ConfigureAwait(false);
        var permissions = await manager.RetrieveAllPermissionsAsync(cancellationToken).ConfigureAwait(false);
        return new AccountPermissions(client, manager, account, roles ?? [], permissions ?? []);
    }

    /// <summary>Whether the account, or a group of it, may do everything from the root down.</summary>
    public async Task<bool> IsAdministratorAsync(CancellationToken cancellationToken)
    {
        var results = await _manager.FetchUserPrivilegeOnEntitiesAsync([_client.Content.RootFolder], _account, cancellationToken).ConfigureAwait(false);
        var privileges = new HashSet<string>(results?.SelectMany(result => result.Privileges ?? []) ?? [], StringComparer.Ordinal);
        return privileges.Contains(AdministratorsPrivilege) && privileges.IsSupersetOf(OperationsRole.EndpointDatastore.Privileges);
    }

    /// <summary>Whether the account itself may do as much already.</summary>
    public bool IsGranted(PermissionGrant grant) => Present(grant.Entity) is { } present && Covers(present, grant);

    /// <summary>
    /// Why something cannot be granted: vSphere knows one role of an account on an object, and the account has one there that is for something else.
    /// Null when it can.
    /// </summary>
    public string? Obstacle(PermissionGrant grant)
    {
        if (Present(grant.Entity) is not { } present || IsGranted(grant) || PrivilegesOf(present).IsSubsetOf(WithBasics(grant.OfRole)))
        {
            return null;
        }

        var missing = grant.OfRole.Privileges.Where(privilege => !PrivilegesOf(present).Contains(privilege)).ToList();
        var lack = missing.Count > 0 ? $"lacks {string.Join(", ", missing)}" : "does not propagate";
        return $"'{_account}' has the role '{RoleOf(present)?.Name}' on {grant.EntityName}, which {lack}. "
            + "Change that role, or remove it from the object; vSphere knows only one role of an account on an object.";
    }

    /// <summary>Grants a role, unless the account may do as much already; the role is made, or given what it lacks.</summary>
    /// <exception cref="VicException">Another role is in the way.</exception>
    public async Task GrantAsync(PermissionGrant grant, CompensationStack undo, CancellationToken cancellationToken)
    {
        if (Obstacle(grant) is { } obstacle)
        {
            throw new VicException("PermissionInTheWay", VicErrorKind.Busy, obstacle) { Target = grant.EntityName };
        }

        if (grant.Entity is not { } entity || IsGranted(grant))
        {
            return;
        }

        var present = Present(entity);
        var roleId = await EnsureRoleAsync(grant.OfRole, undo, cancellationToken).ConfigureAwait(false);
        undo.Push(
            $"the permission of '{_account}' on {grant.EntityName}",
            token => present is null ? RemoveAsync(entity, _account, token) : _manager.SetEntityPermissionsAsync(entity, [present], token));
        await _manager.SetEntityPermissionsAsync(
            entity,
            [new Permission { Principal = _account, RoleId = roleId, Propagate = grant.Propagates || present is { Propagate: true } }],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The objects among these on which the account has one of the roles of an endpoint.</summary>
    public IReadOnlyList<ManagedObjectReference> GrantedAmong(IEnumerable<ManagedObjectReference> entities) =>
        entities.Where(entity => Present(entity) is { } present && IsOfEndpoint(present)).ToList();

    /// <summary>Takes back a role of an endpoint; one that is gone needs no taking back.</summary>
    public Task RevokeAsync(ManagedObjectReference entity, CancellationToken cancellationToken) =>
        RemoveAsync(entity, Present(entity)!.Principal, cancellationToken);

    /// <summary>Removes roles of endpoints that no permission uses any more.</summary>
    public async Task RemoveUnusedRolesAsync(CancellationToken cancellationToken)
    {
        var roles = _permissions.Where(IsOfEndpoint).Select(RoleOf).OfType<AuthorizationRole>().GroupBy(role => role.RoleId).Select(group => group.First());
        foreach (var role in roles)
        {
            await RemoveIfUnusedAsync(role.RoleId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> EnsureRoleAsync(OperationsRole role, CompensationStack undo, CancellationToken cancellationToken)
    {
        if (_roles.TryGetValue(role.Name, out var known))
        {
            return await RepairAsync(role, known, cancellationToken).ConfigureAwait(false);
        }

        var step = undo.Push($"the role '{role.Name}'", token => RemoveRoleAsync(role.Name, token));
        int id;
        try
        {
            id = await step.RunAsync(_manager.AddAuthorizationRoleAsync(role.Name, role.Privileges.ToList(), cancellationToken)).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is AlreadyExists)
        {
            // Another deployment was faster; the role is the same.
            id = (await FindRoleAsync(role.Name, cancellationToken).ConfigureAwait(false))!.RoleId;
        }

        _roles[role.Name] = new AuthorizationRole { RoleId = id, Name = role.Name, Privilege = role.Privileges.ToList() };
        return id;
    }

    // Not taken back when the deployment fails: the role is then what it is documented to be, and others use it.
    private async Task<int> RepairAsync(OperationsRole role, AuthorizationRole known, CancellationToken cancellationToken)
    {
        var privileges = new HashSet<string>(known.Privilege ?? [], StringComparer.Ordinal);
        if (!privileges.IsSupersetOf(role.Privileges))
        {
            privileges.UnionWith(role.Privileges);
            await _manager.UpdateAuthorizationRoleAsync(known.RoleId, known.Name, privileges.ToList(), cancellationToken).ConfigureAwait(false);
            known.Privilege = privileges.ToList();
        }

        return known.RoleId;
    }

    private async Task RemoveRoleAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindRoleAsync(name, cancellationToken).ConfigureAwait(false) is { } role)
        {
            await RemoveIfUnusedAsync(role.RoleId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveIfUnusedAsync(int roleId, CancellationToken cancellationToken)
    {
        try
        {
            await _manager.RemoveAuthorizationRoleAsync(roleId, failIfUsed: true, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is RemoveFailed || Faults.IsMissing(exception))
        {
            // Somebody else uses it, or has removed it.
        }
    }

    private async Task<AuthorizationRole?> FindRoleAsync(string name, CancellationToken cancellationToken)
    {
        var roles = await _client.GetPropertyAsync<List<AuthorizationRole>>(_manager.Reference, "roleList", cancellationToken).ConfigureAwait(false);
        return roles?.FirstOrDefault(role => string.Equals(role.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private Task RemoveAsync(ManagedObjectReference entity, string principal, CancellationToken cancellationToken) =>
        Faults.IgnoreMissingAsync(_manager.RemoveEntityPermissionAsync(entity, principal, isGroup: false, cancellationToken));

    private Permission? Present(ManagedObjectReference? entity) =>
        entity is null ? null : _permissions.FirstOrDefault(permission => permission.Entity == entity);

    private bool Covers(Permission present, PermissionGrant grant) =>
        PrivilegesOf(present).IsSupersetOf(grant.OfRole.Privileges) && (present.Propagate || !grant.Propagates);

    private bool IsOfEndpoint(Permission permission) =>
        RoleOf(permission)?.Name.StartsWith(OperationsRole.Prefix, StringComparison.OrdinalIgnoreCase) == true;

    private AuthorizationRole? RoleOf(Permission permission) => _roles.Values.FirstOrDefault(role => role.RoleId == permission.RoleId);

    private HashSet<string> PrivilegesOf(Permission permission) => new(RoleOf(permission)?.Privilege ?? [], StringComparer.Ordinal);

    // Every role has these three.
    private static HashSet<string> WithBasics(OperationsRole role) =>
        new([.. role.Privileges, "System.Anonymous", "System.Read", "System.View"], StringComparer.Ordinal);
}
