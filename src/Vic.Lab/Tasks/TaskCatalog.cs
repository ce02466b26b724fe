using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>The kinds of tasks that the lab runs, for TaskManager's <c>description</c>.</summary>
internal static class TaskCatalog
{
    private static readonly (string Key, string Label)[] Kinds =
    [
        ("Folder.createVm", "Create virtual machine"),
        ("Folder.registerVm", "Register virtual machine"),
        ("Folder.moveInto", "Move entities"),
        ("Folder.destroy", "Delete folder"),
        ("ResourcePool.destroy", "Delete resource pool"),
        ("Datacenter.powerOnMultiVm", "Initialize powering on"),
        ("VirtualMachine.powerOn", "Power on virtual machine"),
        ("VirtualMachine.powerOff", "Power off virtual machine"),
        ("VirtualMachine.reset", "Reset virtual machine"),
        ("VirtualMachine.suspend", "Suspend virtual machine"),
        ("VirtualMachine.reconfigure", "Reconfigure virtual machine"),
        ("VirtualMachine.rename", "Rename virtual machine"),
        ("VirtualMachine.destroy", "Delete virtual machine"),
        ("VirtualMachine.clone", "Clone virtual machine"),
        ("VirtualMachine.migrate", "Migrate virtual machine"),
        ("VirtualMachine.relocate", "Relocate virtual machine"),
        ("VirtualMachine.createSnapshot", "Create virtual machine snapshot"),
        ("VirtualMachine.removeAllSnapshots", "Remove all snapshots"),
        ("vm.Snapshot.revert", "Revert snapshot"),
        ("vm.Snapshot.remove", "Remove snapshot"),
        ("FileManager.deleteFile", "Delete file"),
        ("FileManager.moveFile", "Move file"),
        ("FileManager.copyFile", "Copy file"),
        ("VirtualDiskManager.createVirtualDisk", "Create virtual disk"),
        ("VirtualDiskManager.deleteVirtualDisk", "Delete virtual disk"),
        ("VirtualDiskManager.copyVirtualDisk", "Copy virtual disk"),
        ("HostDatastoreBrowser.search", "Search datastore"),
    ];

    public static TaskDescription Describe() => new()
    {
        MethodInfo = [.. Kinds.Select(kind => new ElementDescription { Key = kind.Key, Label = kind.Label, Summary = kind.Label })],
        State =
        [
            State("queued", "Queued"), State("running", "In progress"), State("success", "Completed"), State("error", "Failed"),
        ],
        Reason = [new TypeDescription { Key = "TaskReasonUser", Label = "User", Summary = "Started by a user" }],
    };

    /// <summary>What a kind of task is called; a kind of a client's own by its id.</summary>
    public static string LabelOf(string kind) => Array.Find(Kinds, known => known.Key == kind).Label ?? kind;

    private static ElementDescription State(string key, string label) => new() { Key = key, Label = label, Summary = label };
}
