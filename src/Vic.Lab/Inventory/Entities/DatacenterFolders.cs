using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The four folders of a datacenter.</summary>
internal sealed record DatacenterFolders(
    ManagedObjectReference Vm, ManagedObjectReference Host, ManagedObjectReference Datastore, ManagedObjectReference Network);
