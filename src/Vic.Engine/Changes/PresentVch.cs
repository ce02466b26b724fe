using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>A VCH as it is now, with all that a change needs to know of it.</summary>
internal sealed class PresentVch
{
    private static readonly string[] Properties =
    [
        .. MachineInventory.Properties.PathSet!, "config.hardware.numCPU", "config.hardware.memoryMB", "config.hardware.device", "snapshot",
    ];

    private PresentVch(InventoryEntity machine, VchInfo info, InventoryEntity datacenter, string datacenterPath)
    {
        Machine = machine;
        Info = info;
        Keys = MachineInventory.Keys(machine);
        Datacenter = datacenter;
        DatacenterPath = datacenterPath;
        Points = RollbackPoint.Of(machine.Get<VirtualMachineSnapshotInfo>("snapshot"));
        Home = MachineRemoval.Home(machine)
            ?? throw new VicException("MachineHasNoFolder", VicErrorKind.Failed, "vSphere does not tell where the files of the endpoint VM are.");
    }

    public VchInfo Info { get; }

    public string Name => Info.Name;

    public ManagedObjectReference Reference => Info.Reference;

    /// <summary>The endpoint VM's keys.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    /// <summary>Whether the endpoint VM has power; a suspended one has state to lose, too.</summary>
    public bool IsOn => Info.PowerState != "PoweredOff";

    public int Cpus => Machine.GetValue<int>("config.hardware.numCPU") ?? 0;

    public long MemoryMB => Machine.GetValue<int>("config.hardware.memoryMB") ?? 0;

    public IReadOnlyList<VirtualDevice> Devices => Machine.Get<IReadOnlyList<VirtualDevice>>("config.hardware.device") ?? [];

    /// <summary>The states that can be gone back to.</summary>
    public IReadOnlyList<RollbackPoint> Points { get; }

    /// <summary>The VCH's own pool or vApp; null in a cluster without DRS, where it has none.</summary>
    public ManagedObjectReference? Pool { get; private init; }

    /// <summary>What the pool may take.</summary>
    public ResourceConfigSpec? Limits { get; private init; }

    /// <summary>What the pool might take before a change that has broken off; null when it had not come to that.</summary>
    public ResourceConfigSpec? FormerLimits => Keys.TryGetValue(GuestInfoNames.UpdateLimits, out var text) ? LimitsText.TryParse(text) : null;

    /// <summary>The cluster, or the compute resource of one host; null when the account does not see it.</summary>
    public InventoryEntity? Compute { get; private init; }

    /// <summary>All that a change may name.</summary>
    public required InventorySnapshot Inventory { get; init; }

    /// <summary>The datastores that the VCH's hosts see.</summary>
    public IReadOnlyList<InventoryEntity> Datastores =>
        Inventory.Find(Compute?.GetReferences("datastore") ?? []).Where(store => store.GetValue<bool>("summary.accessible") != false).ToList();

    /// <summary>The port groups that the VCH's hosts see.</summary>
    public IReadOnlyList<InventoryEntity> Networks => Inventory.Find(Compute?.GetReferences("network") ?? []);

    /// <summary>The datastore of the images; null when it is not there any more.</summary>
    public InventoryEntity? ImageStore { get; private init; }

    public InventoryEntity Datacenter { get; }

    /// <summary>The datacenter's path from the root, for datastore addresses.</summary>
    public string DatacenterPath { get; }

    /// <summary>The folder of the endpoint VM.</summary>
    public DatastoreFolder Home { get; }

    /// <summary>The endpoint VM's own file, below the datastore's root.</summary>
    public string MachineFile
    {
        get
        {
            var path = Machine.Get<string>("config.files.vmPathName")!;
            return $"{Home.Name}/{path.Substring(path.LastIndexOf('/') + 1)}";
        }
    }

    /// <summary>How clients reach it when that is not its own address.</summary>
    public HostPort? Advertised => Info.Configuration.AdvertisedAddresses.FirstOrDefault() is { } address ? HostPort.TryParse(address) : null;

    /// <summary>That as a name in a certificate; empty when it is the VCH's own address.</summary>
    public IReadOnlyList<SubjectName> AdvertisedNames => Advertised is { } address && SubjectName.TryParse(address.Host) is { } name ? [name] : [];

    private InventoryEntity Machine { get; }

    /// <exception cref="VicException">It is gone, or is no VCH.</exception>
    public static async Task<PresentVch> ReadAsync(VimClient client, VchInfo vch, CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(client, vch.Reference, Properties, cancellationToken).ConfigureAwait(false);
        var info = VchInventory.Select([machine]).SingleOrDefault()
            ?? throw new VicException("NotAVch", VicErrorKind.NotFound, $"'{vch.Name}' has no configuration of a VCH.") { Target = vch.Name };
        var inventory = await InventorySnapshot.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var datacenter = inventory.DatacenterOf(machine);

        // Without DRS the pool is the cluster's own.
        var pool = inventory.Find(info.Pool) is { } own && own.Name == info.Name ? own.Reference : (ManagedObjectReference?)null;
        return new PresentVch(machine, info, datacenter, inventory.DatacenterPath(datacenter))
        {
            Inventory = inventory,
            Compute = inventory.Find(inventory.Find(info.Pool)?.GetReference("owner")),
            ImageStore = info.Configuration.Storage.ImageStores is [var store, ..]
                ? inventory.OfType("Datastore").FirstOrDefault(entity => entity.Name == store.Host && inventory.Lineage(entity).Contains(datacenter))
                : null,
            Pool = pool,
            Limits = pool is { } reference
                ? await client.GetPropertyAsync<ResourceConfigSpec>(reference, "config", cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    /// <summary>A copy of the configuration, to be changed.</summary>
    /// <param name="secretKey">Opens the secrets; without it they are empty.</param>
    /// <exception cref="GuestConfigurationException">A value is not what its key promises.</exception>
    public VirtualContainerHostConfiguration ReadConfiguration(SecretKey? secretKey) =>
        VirtualContainerHostConfiguration.Read(new GuestInfoReader(Keys, secretKey));

    /// <summary>Waits for the endpoint to serve as it does now.</summary>
    public Readiness ReadinessOf(VimClient client, EndpointTls? tls = null) =>
        new(client, Reference, Name, Advertised, tls ?? EndpointTls.Of(Info));
}
