using Vic.Lab.Inventory;
using Vic.Lab.Operations.Clusters;
using Vic.Lab.Operations.Hosts;
using Vic.Lab.Operations.Hosts.EsxCli;
using Vic.Lab.Operations.Networks;
using Vic.Lab.Operations.ResourcePools;
using Vic.Lab.Operations.Services;
using Vic.Lab.Operations.Storage;
using Vic.Lab.Operations.VirtualMachines;

namespace Vic.Lab.Operations;

/// <summary>All methods that the lab knows.</summary>
internal static class LabOperations
{
    public static OperationTable CreateTable(LabWorld world)
    {
        var table = new OperationTable(world);
        var machines = new VirtualMachineTasks(world);
        var switches = new DistributedSwitches(world);
        new ServiceInstanceOperations(world).AddTo(table);
        new SessionOperations(world).AddTo(table);
        new PropertyCollectorOperations(world).AddTo(table);
        new ViewOperations(world).AddTo(table);
        new FolderOperations(world, machines, switches).AddTo(table);
        new DistributedSwitchOperations(world, switches).AddTo(table);
        new ResourcePoolOperations(world, machines).AddTo(table);
        new ClusterOperations(world, machines).AddTo(table);
        new VirtualMachineOperations(world, machines).AddTo(table);
        new SnapshotOperations(world, machines).AddTo(table);
        new MoveOperations(world, machines).AddTo(table);
        new VAppPowerOperations(world, machines).AddTo(table);
        new FileOperations(world).AddTo(table);
        new DatastoreBrowserOperations(world).AddTo(table);
        new StoragePodOperations(world).AddTo(table);
        new SearchOperations(world).AddTo(table);
        new HostNetworkOperations(world).AddTo(table);
        new RoleOperations(world).AddTo(table);
        new PermissionOperations(world).AddTo(table);
        new DisabledMethodOperations(world).AddTo(table);
        new UserDirectoryOperations(world).AddTo(table);
        new EventOperations(world).AddTo(table);
        new TaskManagerOperations(world).AddTo(table);
        new HistoryCollectorOperations(world).AddTo(table);
        new OptionOperations(world).AddTo(table);
        new LicenseOperations(world).AddTo(table);
        new ExtensionOperations(world).AddTo(table);
        new CustomFieldOperations(world).AddTo(table);
        new DiagnosticOperations(world).AddTo(table);
        new PerformanceOperations(world).AddTo(table);
        new GuestOperations(world).AddTo(table);
        new HostFirewallOperations(world).AddTo(table);
        new HostQueries(world).AddTo(table);
        new HostStorageOperations(world).AddTo(table);
        new EsxCliOperations(world).AddTo(table);
        return table;
    }
}
