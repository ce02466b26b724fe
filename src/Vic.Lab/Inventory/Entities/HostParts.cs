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
    ManagedObjectReference DatastoreBrowser);
