using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>A vCenter: one datacenter, one DRS cluster of hosts, a distributed switch with two port groups, two datastores.</summary>
internal static class VCenterModel
{
    public static async Task BuildAsync(LabWorld world, CancellationToken cancellationToken)
    {
        var builder = new InventoryBuilder(world);
        var root = builder.AddFolder(new ManagedObjectReference("Folder", "group-d1"), "Datacenters", null, "Folder", "Datacenter");
        world.Content = ServiceObjects.VCenter(root.Reference, Products.VCenter);
        ServiceObjects.AddTo(builder, world.Content);
        var datacenter = builder.AddDatacenter(
            new ManagedObjectReference("Datacenter", "datacenter-2"),
            "Datacenter",
            root,
            new DatacenterFolders(
                new ManagedObjectReference("Folder", "group-v3"),
                new ManagedObjectReference("Folder", "group-h4"),
                new ManagedObjectReference("Folder", "group-s5"),
                new ManagedObjectReference("Folder", "group-n6")));
        var cluster = builder.Add(new ClusterEntity(
            new ManagedObjectReference("ClusterComputeResource", "domain-c7"),
            "Cluster",
            datacenter.Folders.Host,
            new ManagedObjectReference("ResourcePool", "resgroup-8"),
            world.Options.HasDrs));
        world.Store.Find<FolderEntity>(datacenter.Folders.Host)!.AddReference("childEntity", cluster.Reference);
        builder.AddRootPool(cluster.RootPool, cluster);

        var hosts = new List<HostEntity>();
        for (var number = 1; number <= world.Options.HostCount; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            hosts.Add(builder.AddHost(
                new ManagedObjectReference("HostSystem", $"host-{text}"),
                $"esx{text}.lab.local",
                cluster,
                InventoryBuilder.Parts(number, new ManagedObjectReference("OptionManager", $"EsxHostAdvSettings-{text}")),
                Products.Esx));
        }

        builder.Summarize(cluster);
        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore-11"), "datastore1", datacenter, hosts);
        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore-12"), "datastore2", datacenter, hosts);
        await AddSwitchAsync(builder, datacenter, hosts, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddSwitchAsync(
        InventoryBuilder builder, DatacenterEntity datacenter, List<HostEntity> hosts, CancellationToken cancellationToken)
    {
        var config = SwitchEntity.DefaultConfig();
        config.Host = [.. hosts.Select(host => SwitchEntity.Member(host.Reference, null))];
        var dvs = builder.Add(new SwitchEntity(
            new ManagedObjectReference("VmwareDistributedVirtualSwitch", "dvs-13"), "DSwitch", datacenter.Folders.Network, config));
        builder.Store.Find<FolderEntity>(datacenter.Folders.Network)!.AddReference("childEntity", dvs.Reference);
        foreach (var (id, name) in new[] { ("dvportgroup-14", "VM Network"), ("dvportgroup-15", "bridge") })
        {
            dvs.Add(await builder.AddNetworkAsync(
                new PortGroupEntity(
                    new ManagedObjectReference("DistributedVirtualPortgroup", id),
                    name,
                    datacenter.Folders.Network,
                    dvs,
                    PortGroupEntity.DefaultConfig()),
                datacenter,
                hosts,
                cancellationToken).ConfigureAwait(false));
        }
    }
}
