using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A datacenter with its four folders.</summary>
internal sealed class DatacenterEntity : Entity
{
    public DatacenterEntity(ManagedObjectReference reference, string name, ManagedObjectReference parent, DatacenterFolders folders)
        : base(reference, name, parent)
    {
        Folders = folders;
        Write("vmFolder", folders.Vm);
        Write("hostFolder", folders.Host);
        Write("datastoreFolder", folders.Datastore);
        Write("networkFolder", folders.Network);
        Write("datastore", new List<ManagedObjectReference>());
        Write("network", new List<ManagedObjectReference>());
    }

    public DatacenterFolders Folders { get; }
}
