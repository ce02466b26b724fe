namespace Vic.Engine.Permissions;

/// <summary>
/// A role that an endpoint's account needs somewhere. Names and privileges are those of vmware/vic (lib/install/opsuser), so that VCHs of both makers
/// share them.
/// </summary>
internal sealed record OperationsRole
{
    /// <summary>What the names of all these roles begin with.</summary>
    public const string Prefix = "vic-vch-";

    private static readonly string[] DatastorePrivileges =
    [
        "Datastore.AllocateSpace", "Datastore.Browse", "Datastore.Config", "Datastore.DeleteFile", "Datastore.FileManagement",
        "Host.Config.SystemManagement",
    ];

    private static readonly string[] EndpointPrivileges =
    [
        "DVPortgroup.Modify", "DVPortgroup.PolicyOp", "DVPortgroup.ScopeOp", "Resource.AssignVMToPool", "Resource.ColdMigrate",
        "VirtualMachine.Config.AddExistingDisk", "VirtualMachine.Config.AddNewDisk", "VirtualMachine.Config.AddRemoveDevice",
        "VirtualMachine.Config.AdvancedConfig", "VirtualMachine.Config.EditDevice", "VirtualMachine.Config.RemoveDisk",
        "VirtualMachine.Config.Rename", "VirtualMachine.GuestOperations.Execute", "VirtualMachine.GuestOperations.Modify",
        "VirtualMachine.GuestOperations.Query", "VirtualMachine.Interact.DeviceConnection", "VirtualMachine.Interact.PowerOff",
        "VirtualMachine.Interact.PowerOn", "VirtualMachine.Inventory.Create", "VirtualMachine.Inventory.Delete",
        "VirtualMachine.Inventory.Register", "VirtualMachine.Inventory.Unregister",
    ];

    private OperationsRole(string name, params string[] privileges)
    {
        Name = Prefix + name;
        Privileges = privileges;
    }

    /// <summary>On the root folder.</summary>
    public static OperationsRole VCenter { get; } = new("vcenter", "Datastore.Config", "Global.EnableMethods", "Global.DisableMethods");

    public static OperationsRole Datacenter { get; } = new("datacenter", "Datastore.Config", "Datastore.FileManagement");

    /// <summary>On each datastore in use, and on a cluster with DRS.</summary>
    public static OperationsRole Datastore { get; } = new("datastore", DatastorePrivileges);

    /// <summary>On a cluster with DRS in which the VCH's machines join a group.</summary>
    public static OperationsRole DatastoreVmGroup { get; } = new("datastore-vm-group", [.. DatastorePrivileges, "Host.Inventory.EditCluster"]);

    /// <summary>On a cluster in which the VCH has no pool of its own to be granted <see cref="Endpoint"/> on.</summary>
    public static OperationsRole EndpointDatastore { get; } = new("endpoint-datastore", [.. DatastorePrivileges, .. EndpointPrivileges]);

    public static OperationsRole Network { get; } = new("network", "Network.Assign");

    /// <summary>On the VCH's pool and folder.</summary>
    public static OperationsRole Endpoint { get; } = new("endpoint", EndpointPrivileges);

    public string Name { get; }

    public IReadOnlyList<string> Privileges { get; }
}
