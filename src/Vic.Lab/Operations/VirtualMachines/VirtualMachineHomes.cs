using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Finds where the files and the name of a machine to come can be.</summary>
internal sealed class VirtualMachineHomes(LabWorld world)
{
    /// <summary>
    /// The path of the .vmx file: as asked, or in a new directory named after the machine on the datastore that was asked for.
    /// </summary>
    public (DatastoreEntity Datastore, DatastorePath Vmx) Choose(string? asked, string name)
    {
        lock (world.Store.Gate)
        {
            if (string.IsNullOrEmpty(asked))
            {
                asked = $"[{world.Store.OfType<DatastoreEntity>().First().Name}]";
            }

            if (!DatastorePath.TryParse(asked, out var path))
            {
                throw Faults.InvalidDatastorePath(asked);
            }

            var datastore = world.FindDatastore(path.Datastore) ?? throw Faults.InvalidDatastore(path.Datastore);
            if (path.Relative.EndsWith(".vmx", StringComparison.Ordinal))
            {
                return (datastore, path);
            }

            var stem = VirtualMachinePaths.FileStem(name);
            if (path.Relative.Length > 0)
            {
                return (datastore, path.Combine(stem + ".vmx"));
            }

            for (var number = 0; ; number++)
            {
                var directory = path.Combine(number == 0 ? stem : $"{stem}_{number.ToString(CultureInfo.InvariantCulture)}");
                if (!Directory.Exists(datastore.Locate(directory)))
                {
                    return (datastore, directory.Combine(stem + ".vmx"));
                }
            }
        }
    }

    /// <summary>Checks, under the store's lock, that no sibling has a name.</summary>
    /// <exception cref="VimFaultException">DuplicateName.</exception>
    public void CheckName(string name, FolderEntity? folder, ResourcePoolEntity pool)
    {
        var siblings = folder is not null ? folder.Children : pool.References("vm");
        var taken = siblings.Select(world.Store.Find<Entity>).FirstOrDefault(sibling => sibling?.Name == name);
        if (taken is not null)
        {
            throw Faults.DuplicateName(name, taken.Reference);
        }
    }

    /// <summary>Checks, under the store's lock, that an entity is still there.</summary>
    public void CheckAlive(Entity? entity)
    {
        if (entity is not null && !world.Store.TryFind(entity.Reference, out _))
        {
            throw Faults.ManagedObjectNotFound(entity.Reference);
        }
    }
}
