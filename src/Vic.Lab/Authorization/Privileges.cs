using System.Collections.Frozen;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>
/// The privileges of vSphere 6.7, without those of products beside it (the API reference's privileges, "vSphere Security: Defined Privileges").
/// </summary>
internal static class Privileges
{
    /// <summary>Whoever can reach the server has it.</summary>
    public const string Anonymous = "System.Anonymous";

    /// <summary>To see that an object is there: its name, where it is.</summary>
    public const string View = "System.View";

    /// <summary>To read all of an object's properties.</summary>
    public const string Read = "System.Read";

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["Authorization"] = "ModifyPermissions ModifyPrivileges ModifyRoles ReassignRolePermissions",
        ["DVPortgroup"] = "Create Delete Modify PolicyOp ScopeOp",
        ["DVSwitch"] = "Create Delete HostOp Modify Move PolicyOp PortConfig PortSetting ResourceManagement Vspan",
        ["Datacenter"] = "Create Delete IpPoolConfig IpPoolQueryAllocations IpPoolReleaseIp Move Reconfigure Rename",
        ["Datastore"] =
            "AllocateSpace Browse Config Delete DeleteFile FileManagement Move Rename UpdateVirtualMachineFiles"
            + " UpdateVirtualMachineMetadata",
        ["Extension"] = "Register Unregister Update",
        ["Folder"] = "Create Delete Move Rename",
        ["Global"] =
            "CancelTask CapacityPlanning Diagnostics DisableMethods EnableMethods GlobalTag Health Licenses LogEvent"
            + " ManageCustomFields Proxy ScriptAction ServiceManagers SetCustomField Settings SystemTag VCServer",
        ["Host.Cim"] = "CimInteraction",
        ["Host.Config"] =
            "AdvancedConfig AuthenticationStore AutoStart Connection DateTime Firmware HyperThreading Image Maintenance Memory"
            + " NetService Network Patch PciPassthru Power Quarantine Resources Settings Snmp Storage SystemManagement",
        ["Host.Hbr"] = "HbrManagement",
        ["Host.Inventory"] =
            "AddHostToCluster AddStandaloneHost CreateCluster DeleteCluster EditCluster MoveCluster MoveHost RemoveHostFromCluster"
            + " RenameCluster",
        ["Host.Local"] = "CreateVM DeleteVM InstallAgent ManageUserGroups ReconfigVM",
        ["Network"] = "Assign Config Delete Move",
        ["Performance"] = "ModifyIntervals",
        ["Resource"] =
            "ApplyRecommendation AssignVAppToPool AssignVMToPool ColdMigrate CreatePool DeletePool EditPool HotMigrate MovePool"
            + " QueryVMotion RenamePool",
        ["Sessions"] = "GlobalMessage ImpersonateUser TerminateSession ValidateSession",
        ["StoragePod"] = "Config",
        ["System"] = "Anonymous Read View",
        ["Task"] = "Create Update",
        ["VApp"] =
            "ApplicationConfig AssignResourcePool AssignVApp AssignVM Clone Create Delete Export ExtractOvfEnvironment Import"
            + " InstanceConfig ManagedByConfig Move PowerOff PowerOn Rename ResourceConfig Suspend Unregister",
        ["VirtualMachine.Config"] =
            "AddExistingDisk AddNewDisk AddRemoveDevice AdvancedConfig Annotation CPUCount ChangeTracking DiskExtend DiskLease"
            + " EditDevice HostUSBDevice ManagedBy Memory MksControl QueryFTCompatibility QueryUnownedFiles RawDevice ReloadFromPath"
            + " RemoveDisk Rename ResetGuestInfo Resource Settings SwapPlacement ToggleForkParent Unlock UpgradeVirtualHardware",
        ["VirtualMachine.GuestOperations"] = "Execute Modify ModifyAliases Query QueryAliases",
        ["VirtualMachine.Hbr"] = "ConfigureReplication MonitorReplication ReplicaManagement",
        ["VirtualMachine.Interact"] =
            "AnswerQuestion Backup ConsoleInteract CreateScreenshot CreateSecondary DefragmentAllDisks DeviceConnection"
            + " DisableSecondary DnD EnableSecondary GuestControl MakePrimary Pause PowerOff PowerOn PutUsbScanCodes Record Replay Reset"
            + " SESparseMaintenance SetCDMedia SetFloppyMedia Suspend TerminateFaultTolerantVM ToolsInstall TurnOffFaultTolerance",
        ["VirtualMachine.Inventory"] = "Create CreateFromExisting Delete Move Register Unregister",
        ["VirtualMachine.Namespace"] = "Event EventNotify Management ModifyContent Query ReadContent",
        ["VirtualMachine.Provisioning"] =
            "Clone CloneTemplate CreateTemplateFromVM Customize DeployTemplate DiskRandomAccess DiskRandomRead FileRandomAccess"
            + " GetVmFiles MarkAsTemplate MarkAsVM ModifyCustSpecs PromoteDisks PutVmFiles ReadCustSpecs",
        ["VirtualMachine.State"] = "CreateSnapshot RemoveSnapshot RenameSnapshot RevertToSnapshot",
    };

    private static readonly FrozenSet<string> Known = Groups
        .SelectMany(group => group.Value.Split(' ').Select(name => $"{group.Key}.{name}"))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every privilege, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Order(StringComparer.Ordinal)];

    public static bool Exists(string privilege) => Known.Contains(privilege);

    /// <summary>AuthorizationManager's <c>privilegeList</c>.</summary>
    public static List<AuthorizationPrivilege> ToDataObjects() => [.. All.Select(id => new AuthorizationPrivilege
    {
        PrivId = id,
        Name = id[(id.LastIndexOf('.') + 1)..],
        PrivGroupName = id[..id.LastIndexOf('.')],
    })];

    /// <summary>AuthorizationManager's <c>description</c>.</summary>
    public static AuthorizationDescription Describe() => new()
    {
        Privilege = [.. All.Select(id => Describe(id, id[(id.LastIndexOf('.') + 1)..]))],
        PrivilegeGroup = [.. Groups.Keys.Select(group => Describe(group, group))],
    };

    private static ElementDescription Describe(string key, string text) => new() { Key = key, Label = text, Summary = text };
}
