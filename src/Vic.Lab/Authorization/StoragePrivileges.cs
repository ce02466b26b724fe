using Vic.Lab.Inventory;

namespace Vic.Lab.Authorization;

/// <summary>What files on datastores demand. Used under the store's lock.</summary>
internal static class StoragePrivileges
{
    /// <summary>A privilege on the datastores of some paths; a path that leads to none is refused by the operation.</summary>
    public static IEnumerable<PrivilegeDemand> On(LabWorld world, string privilege, params IEnumerable<string> paths)
        => paths
            .Select(path => DatastorePath.TryParse(path, out var parsed) ? world.FindDatastore(parsed.Datastore) : null)
            .OfType<DatastoreEntity>()
            .Distinct()
            .Select(datastore => new PrivilegeDemand(datastore.Reference, privilege));
}
