using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>A vCenter: one datacenter, clusters and single hosts, a distributed switch with two port groups, two datastores.</summary>
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
        var hosts = new List<HostEntity>();
        for (var number = 1; number <= world.Options.ClusterCount; number++)
        {
            AddCluster(builder, datacenter, number, hosts);
        }

        for (var count = 0; count < world.Options.StandaloneHostCount; count++)
        {
            AddStandaloneHost(builder, datacenter, hosts);
        }

        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore-11"), "datastore1", datacenter, hosts);
        builder.AddDatastore(new ManagedObjectReference("Datastore", "datastore-12"), "datastore2", datacenter, hosts);
        await AddSwitchAsync(builder, datacenter, hosts, cancellationToken).ConfigureAwait(false);
    }

    private static void AddCluster(InventoryBuilder builder, DatacenterEntity datacenter, int number, List<HostEntity> hosts)
    {
        var store = builder.Store;
        var isFirst = number == 1;
        var cluster = builder.Add(new ClusterEntity(
            isFirst ? new ManagedObjectReference("ClusterComputeResource", "domain-c7") : store.NewReference("ClusterComputeResource", "domain-c"),
            isFirst ? "Cluster" : string.Create(CultureInfo.InvariantCulture, $"Cluster{number}"),
            datacenter.Folders.Host,
            isFirst ? new ManagedObjectReference("ResourcePool", "resgroup-8") : store.NewReference("ResourcePool", "resgroup-"),
            builder.World.Options.HasDrs));
        store.Find<FolderEntity>(datacenter.Folders.Host)!.AddReference("childEntity", cluster.Reference);
        builder.AddRootPool(cluster.RootPool, cluster);
        for (var count = 0; count < builder.World.Options.HostCount; count++)
        {
            hosts.Add(AddHost(builder, cluster, hosts.Count + 1));
        }

        builder.Summarize(cluster);
    }

    private static void AddStandaloneHost(InventoryBuilder builder, DatacenterEntity datacenter, List<HostEntity> hosts)
    {
        var store = builder.Store;
        var compute = builder.Add(new ComputeResourceEntity(
            store.NewReference("ComputeResource", "domain-s"),
            HostName(hosts.Count + 1),
            datacenter.Folders.Host,
            store.NewReference("ResourcePool", "resgroup-")));
        store.Find<FolderEntity>(datacenter.Folders.Host)!.AddReference("childEntity", compute.Reference);
        builder.AddRootPool(compute.RootPool, compute);
        hosts.Add(AddHost(builder, compute, hosts.Count + 1));
        builder.Summarize(compute);
    }

    private static HostEntity AddHost(InventoryBuilder builder, ComputeResourceEntity compute, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return builder.AddHost(
            new ManagedObjectReference("HostSystem", $"host-{text}"),
            HostName(number),
            compute,
            InventoryBuilder.Parts(number, new ManagedObjectReference("OptionManager", $"EsxHostAdvSettings-{text}")),
            Products.Esx);
    }

    private static string HostName(int number) => string.Create(CultureInfo.InvariantCulture, $"esx{number}.lab.local");

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
