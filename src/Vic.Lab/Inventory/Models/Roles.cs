using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>The roles that vSphere comes with.</summary>
internal static class Roles
{
    public static void AddTo(InventoryBuilder builder, ManagedObjectReference manager)
    {
        List<string> all = [.. MethodPrivileges];
        List<AuthorizationRole> roles =
        [
            Role(-1, "Admin", "Administrator", all),
            Role(-2, "ReadOnly", "Read-only", ["System.Anonymous", "System.Read", "System.View"]),
            Role(-3, "View", "View", ["System.Anonymous", "System.View"]),
            Role(-4, "Anonymous", "Anonymous", ["System.Anonymous"]),
            Role(-5, "NoAccess", "No access", []),
        ];
        builder.Add(new ServiceObject(
            manager,
            ("roleList", roles),
            ("privilegeList", all.Select(Privilege).ToList()),
            ("description", null)));
    }

    private static AuthorizationRole Role(int id, string name, string label, List<string> privileges) => new()
    {
        RoleId = id,
        System = true,
        Name = name,
        Info = new Description { Label = label, Summary = label },
        Privilege = privileges,
    };

    private static AuthorizationPrivilege Privilege(string id) => new()
    {
        PrivId = id,
        OnParent = false,
        Name = id[(id.LastIndexOf('.') + 1)..],
        PrivGroupName = id[..id.LastIndexOf('.')],
    };

    private static readonly string[] MethodPrivileges =
    [
        "System.Anonymous", "System.Read", "System.View", "Authorization.ModifyPermissions", "Authorization.ModifyRoles",
        "DVPortgroup.Create", "DVPortgroup.Modify", "DVPortgroup.PolicyOp", "DVPortgroup.ScopeOp", "DVPortgroup.Delete",
        "Datastore.AllocateSpace", "Datastore.Browse", "Datastore.Config", "Datastore.DeleteFile", "Datastore.FileManagement",
        "Extension.Register", "Folder.Create", "Folder.Delete", "Global.Diagnostics", "Global.DisableMethods", "Global.EnableMethods",
        "Host.Config.Network", "Host.Config.SystemManagement", "Host.Inventory.EditCluster", "Network.Assign", "Network.Config",
        "Resource.AddAction", "Resource.AssignVAppToPool", "Resource.AssignVMToPool", "Resource.ColdMigrate", "Resource.CreatePool",
        "Resource.DeletePool", "Resource.EditPool", "VApp.ApplicationConfig", "VApp.AssignVM", "VApp.Create", "VApp.Delete",
        "VirtualMachine.Config.AddExistingDisk", "VirtualMachine.Config.AddNewDisk", "VirtualMachine.Config.AddRemoveDevice",
        "VirtualMachine.Config.AdvancedConfig", "VirtualMachine.Config.EditDevice", "VirtualMachine.Config.RemoveDisk",
        "VirtualMachine.Config.Rename", "VirtualMachine.GuestOperations.Execute", "VirtualMachine.Interact.DeviceConnection",
        "VirtualMachine.Interact.PowerOff", "VirtualMachine.Interact.PowerOn", "VirtualMachine.Inventory.Create",
        "VirtualMachine.Inventory.Delete", "VirtualMachine.Inventory.Register", "VirtualMachine.Inventory.Unregister",
        "VirtualMachine.State.CreateSnapshot", "VirtualMachine.State.RemoveSnapshot", "VirtualMachine.State.RevertToSnapshot",
    ];
}
