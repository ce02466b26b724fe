using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>A stand-alone host, with the ids that ESXi gives its objects.</summary>
internal static class EsxModel
{
    public static async Task BuildAsync(LabWorld world, CancellationToken cancellationToken)
    {
        var builder = new InventoryBuilder(world);
        var root = builder.AddFolder(new ManagedObjectReference("Folder", "ha-folder-root"), "ha-folder-root", null, "Datacenter");
        world.Content = ServiceObjects.Esx(root.Reference, Products.Esx);
        ServiceObjects.AddTo(builder, world.Content);
        var datacenter = builder.AddDatacenter(
            new ManagedObjectReference("Datacenter", "ha-datacenter"),
            "ha-datacenter",
            root,
            new DatacenterFolders(
                new ManagedObjectReference("Folder", "ha-folder-vm"),
                new ManagedObjectReference("Folder", "ha-folder-host"),
                new ManagedObjectReference("Folder", "ha-folder-datastore"),
                new ManagedObjectReference("Folder", "ha-folder-network")));
        var compute = builder.Add(new ComputeResourceEntity(
            new ManagedObjectReference("ComputeResource", "ha-compute-res"),
            "localhost.localdomain",
            datacenter.Folders.Host,
            new ManagedObjectReference("ResourcePool", "ha-root-pool")));
        world.Store.Find<FolderEntity>(datacenter.Folders.Host)!.AddReference("childEntity", compute.Reference);
        builder.AddRootPool(compute.RootPool, compute);
        var host = builder.AddHost(
            new ManagedObjectReference("HostSystem", "ha-host"),
            "localhost.localdomain",
            compute,
            new HostParts(
                new ManagedObjectReference("HostNetworkSystem", "networkSystem"),
                new ManagedObjectReference("HostFirewallSystem", "firewallSystem"),
                new ManagedObjectReference("HostServiceSystem", "serviceSystem"),
                new ManagedObjectReference("HostStorageSystem", "storageSystem"),
                new ManagedObjectReference("HostDatastoreSystem", "ha-datastoresystem"),
                new ManagedObjectReference("OptionManager", "ha-adv-options"),
                new ManagedObjectReference("HostDatastoreBrowser", "ha-host-datastorebrowser")),
            Products.Esx);
        builder.Summarize(compute);
        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore1"), "datastore1", datacenter, [host]);
        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore2"), "datastore2", datacenter, [host]);
        var network = new HostNetworking(world, host);
        network.AddSwitch("vSwitch0", new HostVirtualSwitchSpec { NumPorts = 128, Bridge = new HostVirtualSwitchBondBridge { NicDevice = ["vmnic0"] } });
        await network.AddPortGroupAsync(
            new HostPortGroupSpec { Name = "VM Network", VlanId = 0, VswitchName = "vSwitch0" }, cancellationToken).ConfigureAwait(false);
    }
}
