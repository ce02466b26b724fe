using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The managed objects of a host that its configManager leads to.</summary>
internal sealed record HostParts(
    ManagedObjectReference Network,
    ManagedObjectReference Firewall,
    ManagedObjectReference Service,
    ManagedObjectReference Storage,
    ManagedObjectReference Datastore,
    ManagedObjectReference Options,
    ManagedObjectReference DatastoreBrowser)
{
    /// <summary>Whether an object is one of the parts.</summary>
    public bool Contains(ManagedObjectReference part)
        => part == Network || part == Firewall || part == Service || part == Storage || part == Datastore || part == Options || part == DatastoreBrowser;
}
