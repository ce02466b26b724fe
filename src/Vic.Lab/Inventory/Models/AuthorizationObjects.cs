using Vic.Lab.Authorization;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>AuthorizationManager, and the permissions that a fresh vSphere has.</summary>
internal static class AuthorizationObjects
{
    public static void AddTo(InventoryBuilder builder, ManagedObjectReference manager)
    {
        var access = builder.World.Access;
        builder.Add(new ServiceObject(
            manager,
            ("roleList", access.Roles.All.Select(role => role.ToDataObject()).ToList()),
            ("privilegeList", Privileges.ToDataObjects()),
            ("description", Privileges.Describe())));
        var accounts = access.Accounts;
        Permit(builder.World.Options.UserName!, isGroup: false);
        Permit(UserAccounts.Administrators, isGroup: true);
        access.NoteChange();

        void Permit(string principal, bool isGroup) => access.Permissions.Set(
            access.Root.Reference,
            new PermissionEntry(principal, PrincipalName.Key(principal, accounts.Domain), isGroup, RoleTable.Admin, Propagates: true));
    }
}
