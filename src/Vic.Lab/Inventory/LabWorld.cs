using Vic.Lab.Api.Sessions;
using Vic.Lab.Authorization;
using Vic.Lab.Diagnostics;
using Vic.Lab.Disks;
using Vic.Lab.Inventory.Tags;
using Vic.Lab.Machines;
using Vic.Lab.Performance;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Everything that the operations work on.</summary>
internal sealed class LabWorld(
    LabOptions options,
    string stateDirectory,
    InventoryStore store,
    IMachinePlatform platform,
    StorageSpace space,
    SessionTable sessions,
    UserAccounts accounts,
    TaskEngine tasks,
    EventLog events,
    LabLog log,
    ILoggerFactory loggers)
{
    public LabOptions Options { get; } = options;

    public string StateDirectory { get; } = stateDirectory;

    public InventoryStore Store { get; } = store;

    public IMachinePlatform Platform { get; } = platform;

    public StorageSpace Space { get; } = space;

    public SessionTable Sessions { get; } = sessions;

    public SessionTickets Tickets { get; } = new(TimeProvider.System);

    /// <summary>The users and groups.</summary>
    public UserAccounts Accounts { get; } = accounts;

    /// <summary>Who may do what.</summary>
    public AccessControl Access { get; } = new(store, accounts);

    /// <summary>What machines and hosts use of this computer.</summary>
    public UsageHistory Usage { get; } = new(store, TimeProvider.System);

    public TaskEngine Tasks { get; } = tasks;

    public EventLog Events { get; } = events;

    /// <summary>What clients read as the server's log.</summary>
    public LabLog Log { get; } = log;

    public ILoggerFactory Loggers { get; } = loggers;

    /// <summary>Tags, which only the automation API shows.</summary>
    public TagBook Tags { get; } = new(store);

    /// <summary>What the service tells about itself; set by the inventory model.</summary>
    public ServiceContent Content { get; set; } = new();

    public bool IsVCenter => Options.Model == InventoryModel.VCenter;

    /// <exception cref="VimFaultException">There is no such object of that kind.</exception>
    public T Get<T>(ManagedObjectReference reference)
        where T : ManagedObject => Store.Find<T>(reference) ?? throw Faults.ManagedObjectNotFound(reference);

    public DatacenterEntity Datacenter => Store.OfType<DatacenterEntity>().First();

    /// <summary>The datastore of a name; under the store's lock.</summary>
    public DatastoreEntity? FindDatastore(string name)
        => Store.OfType<DatastoreEntity>().FirstOrDefault(datastore => datastore.Name == name);

    /// <summary>Shows the free space of the datastores again, after files have come or gone; drives that others write to as well are left alone.</summary>
    public void RefreshSpace()
    {
        List<DatastoreEntity> counted;
        lock (Store.Gate)
        {
            counted = [.. Store.OfType<DatastoreEntity>().Where(datastore => Space.IsCounted(datastore.RootDirectory))];
        }

        counted.ForEach(RefreshSpace);
    }

    /// <summary>Shows the free space of a datastore again.</summary>
    public void RefreshSpace(DatastoreEntity datastore)
    {
        var room = Space.Measure(datastore.RootDirectory);
        lock (Store.Gate)
        {
            datastore.Show(room);
        }
    }

    /// <summary>The distributed port group of a key; under the store's lock.</summary>
    public PortGroupEntity? FindPortGroup(string? key)
        => key is null ? null : Store.Find<PortGroupEntity>(new ManagedObjectReference("DistributedVirtualPortgroup", key));

    /// <summary>Parses a datastore path and finds its datastore and file.</summary>
    /// <exception cref="VimFaultException">The path is malformed, or there is no such datastore.</exception>
    public (DatastoreEntity Datastore, DatastorePath Path, string File) Locate(string text)
    {
        if (!DatastorePath.TryParse(text, out var path))
        {
            throw Faults.InvalidDatastorePath(text);
        }

        lock (Store.Gate)
        {
            var datastore = FindDatastore(path.Datastore) ?? throw Faults.InvalidDatastore(path.Datastore);
            return (datastore, path, datastore.Locate(path));
        }
    }

    /// <summary>The datastore path of a file of this computer, or null when it is on no datastore.</summary>
    public DatastorePath? PathOf(string file)
    {
        lock (Store.Gate)
        {
            return Store.OfType<DatastoreEntity>().Select(datastore => datastore.PathOf(file)).FirstOrDefault(path => path is not null);
        }
    }
}
