using System.Globalization;
using Vic.Lab.Inventory.Hosts;
using Vic.Lab.Inventory.Networks;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>Fills an empty inventory: the parts that both models have in common.</summary>
internal sealed class InventoryBuilder(LabWorld world)
{
    private const string Reserved = "VM Network";

    public LabWorld World { get; } = world;

    public InventoryStore Store => World.Store;

    public T Add<T>(T managedObject)
        where T : ManagedObject
    {
        Store.Add(managedObject);
        return managedObject;
    }

    public FolderEntity AddFolder(ManagedObjectReference reference, string name, ManagedObjectReference? parent, params string[] childTypes)
        => Add(new FolderEntity(reference, name, parent, childTypes));

    /// <summary>A datacenter with its four folders, in the root folder.</summary>
    public DatacenterEntity AddDatacenter(
        ManagedObjectReference reference, string name, FolderEntity root, DatacenterFolders folders)
    {
        var datacenter = Add(new DatacenterEntity(reference, name, root.Reference, folders));
        AddFolder(folders.Vm, "vm", reference, "Folder", "VirtualMachine", "VirtualApp");
        AddFolder(folders.Host, "host", reference, "Folder", "ComputeResource");
        AddFolder(folders.Datastore, "datastore", reference, "Folder", "Datastore", "StoragePod");
        AddFolder(folders.Network, "network", reference, "Folder", "Network", "DistributedVirtualSwitch");
        root.AddReference("childEntity", reference);
        return datacenter;
    }

    public HostEntity AddHost(ManagedObjectReference reference, string name, ComputeResourceEntity compute, HostParts parts, AboutInfo product)
    {
        var host = Add(new HostEntity(reference, name, compute.Reference, parts, product));
        compute.AddReference("host", reference);
        Add(new ServiceObject(parts.Network, ("networkInfo", HostNetworking.Initial()), ("networkConfig", null)));
        Add(new ServiceObject(parts.Firewall, ("firewallInfo", HostFirewall.Initial(World.Options.HostFirewall))));
        Add(new ServiceObject(parts.Service, ("serviceInfo", HostServices.Initial())));
        Add(new ServiceObject(parts.Storage, ("fileSystemVolumeInfo", new HostFileSystemVolumeInfo { VolumeTypeList = ["VMFS", "NFS"] })));
        Add(new ServiceObject(
            parts.Datastore,
            ("datastore", new List<ManagedObjectReference>()),
            ("capabilities", new HostDatastoreSystemCapabilities { NfsMountCreationSupported = true, LocalDatastoreSupported = true })));
        Add(new ServiceObject(parts.DatastoreBrowser, ("datastore", new List<ManagedObjectReference>()), ("supportedType", null)));
        if (!Store.TryFind(parts.Options, out _))
        {
            Add(new ServiceObject(parts.Options, ("setting", OptionCatalog.Settings(OptionCatalog.Host)), ("supportedOption", OptionCatalog.Supported(OptionCatalog.Host))));
        }

        host.IsFirewallEnabled = World.Options.HostFirewall.IsEnabled;
        host.UpdateConfig(config =>
        {
            config.Network = Store.Find<ServiceObject>(parts.Network)!.Read<HostNetworkInfo>("networkInfo");
            config.Firewall = Store.Find<ServiceObject>(parts.Firewall)!.Read<HostFirewallInfo>("firewallInfo");
            config.Service = Store.Find<ServiceObject>(parts.Service)!.Read<HostServiceInfo>("serviceInfo");
        });
        return host;
    }

    /// <summary>A datastore that some hosts have mounted.</summary>
    /// <param name="reference">Its reference.</param>
    /// <param name="name">Its name.</param>
    /// <param name="datacenter">The datacenter that it belongs to.</param>
    /// <param name="hosts">The hosts.</param>
    /// <param name="directory">The directory of its files; null for one of its own.</param>
    /// <param name="nas">The server's directory that it stands for; null for disks of the hosts.</param>
    public DatastoreEntity AddDatastore(
        ManagedObjectReference reference,
        string name,
        DatacenterEntity datacenter,
        IReadOnlyList<HostEntity> hosts,
        string? directory = null,
        HostNasVolumeSpec? nas = null)
    {
        directory ??= Path.Combine(World.StateDirectory, "datastores", name);
        Directory.CreateDirectory(directory);
        var datastore = Add(new DatastoreEntity(reference, name, datacenter.Folders.Datastore, directory, World.Space, nas));
        var browser = Add(new ServiceObject(
            new ManagedObjectReference("HostDatastoreBrowser", $"datastoreBrowser-{reference.Value}"),
            ("datastore", new List<ManagedObjectReference> { reference }),
            ("supportedType", null)));
        datastore.Write("browser", browser.Reference);
        Store.Find<FolderEntity>(datacenter.Folders.Datastore)!.AddReference("childEntity", reference);
        datacenter.AddReference("datastore", reference);
        foreach (var host in hosts)
        {
            Mount(datastore, host, nas?.AccessMode ?? "readWrite");
        }

        return datastore;
    }

    /// <summary>Lets a host mount a datastore.</summary>
    public void Mount(DatastoreEntity datastore, HostEntity host, string accessMode)
    {
        var mount = new HostMountInfo { Path = $"/vmfs/volumes/{datastore.Name}", AccessMode = accessMode, Mounted = true, Accessible = true };
        datastore.Mounts = [.. datastore.Mounts, new DatastoreHostMount { Key = host.Reference, MountInfo = mount }];
        host.AddReference("datastore", datastore.Reference);
        Store.Find<ComputeResourceEntity>(host.Parent!.Value)!.AddReference("datastore", datastore.Reference);
        Change(host.Parts.Datastore, all => all.Add(datastore.Reference));
        Change(host.Parts.DatastoreBrowser, all => all.Add(datastore.Reference));
        new HostStorage(World, host).Refresh();
    }

    /// <summary>Takes a datastore away from a host.</summary>
    public void Unmount(DatastoreEntity datastore, HostEntity host)
    {
        datastore.Mounts = [.. datastore.Mounts.Where(mount => mount.Key != host.Reference)];
        host.RemoveReference("datastore", datastore.Reference);
        var compute = Store.Find<ComputeResourceEntity>(host.Parent!.Value)!;
        if (!datastore.Mounts.Any(mount => compute.Hosts.Contains(mount.Key)))
        {
            compute.RemoveReference("datastore", datastore.Reference);
        }

        Change(host.Parts.Datastore, all => all.Remove(datastore.Reference));
        Change(host.Parts.DatastoreBrowser, all => all.Remove(datastore.Reference));
        new HostStorage(World, host).Refresh();
    }

    /// <summary>Puts a network into the inventory and a segment below it.</summary>
    public async Task<T> AddNetworkAsync<T>(T network, DatacenterEntity datacenter, IReadOnlyList<HostEntity> hosts, CancellationToken cancellationToken)
        where T : NetworkEntity
    {
        var routed = network.Name == Reserved;
        await World.Platform.Networks.AddAsync(new PortGroupSegment(network.Reference.Value, network.Name, routed), cancellationToken)
            .ConfigureAwait(false);
        lock (Store.Gate)
        {
            Add(network);
            Store.Find<FolderEntity>(datacenter.Folders.Network)!.AddReference("childEntity", network.Reference);
            datacenter.AddReference("network", network.Reference);
            foreach (var host in hosts)
            {
                NetworkMembership.Join(Store, network, host);
            }

            return network;
        }
    }

    /// <summary>The root pool of a compute resource.</summary>
    public ResourcePoolEntity AddRootPool(ManagedObjectReference reference, ComputeResourceEntity compute)
        => Add(new ResourcePoolEntity(reference, "Resources", compute.Reference, compute.Reference, new ResourceConfigSpec
        {
            CpuAllocation = ResourceAllocations.Unlimited(4000),
            MemoryAllocation = ResourceAllocations.Unlimited(163840),
        }));

    /// <summary>Gives a compute resource the sum of its hosts, and its root pool what they offer.</summary>
    public void Summarize(ComputeResourceEntity compute)
    {
        var all = compute.Hosts.Select(reference => Store.Find<HostEntity>(reference)!).ToList();
        compute.Summarize(all);
        var hosts = all.FindAll(host => host.IsAvailable).ConvertAll(host => host.Hardware);
        var pool = Store.Find<ResourcePoolEntity>(compute.RootPool)!;
        pool.ApplyConfig(new ResourceConfigSpec
        {
            CpuAllocation = All(hosts.Sum(host => (long)host.CpuMhz * host.NumCpuCores)),
            MemoryAllocation = All(hosts.Sum(host => host.MemorySize) >> 20),
        });
        pool.WriteSummary();

        static ResourceAllocationInfo All(long amount) => new() { Reservation = amount, Limit = amount, ExpandableReservation = true };
    }

    private void Change(ManagedObjectReference part, Action<List<ManagedObjectReference>> change)
    {
        var target = Store.Find<ServiceObject>(part)!;
        var references = new List<ManagedObjectReference>(target.Read<List<ManagedObjectReference>>("datastore") ?? []);
        change(references);
        target.Write("datastore", references);
    }

    /// <summary>References for the parts of the Nth host.</summary>
    public static HostParts Parts(int number, ManagedObjectReference options)
    {
        var suffix = number.ToString(CultureInfo.InvariantCulture);
        return new HostParts(
            new ManagedObjectReference("HostNetworkSystem", $"networkSystem-{suffix}"),
            new ManagedObjectReference("HostFirewallSystem", $"firewallSystem-{suffix}"),
            new ManagedObjectReference("HostServiceSystem", $"serviceSystem-{suffix}"),
            new ManagedObjectReference("HostStorageSystem", $"storageSystem-{suffix}"),
            new ManagedObjectReference("HostDatastoreSystem", $"datastoreSystem-{suffix}"),
            options,
            new ManagedObjectReference("HostDatastoreBrowser", $"datastoreBrowser-host-{suffix}"));
    }
}
