using Vic.Lab.Inventory;

namespace Vic.Lab;

/// <summary>What can be made to go wrong with the lab's datastores.</summary>
public sealed class LabStorage
{
    private readonly LabWorld world;

    internal LabStorage(LabWorld world) => this.world = world;

    /// <summary>Fills a datastore, so that what does not fit into the rest fails with NoDiskSpace.</summary>
    /// <param name="datastore">The datastore's name.</param>
    /// <param name="freeBytes">How much is left free.</param>
    /// <exception cref="ArgumentException">There is no such datastore.</exception>
    public void Fill(string datastore, long freeBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(freeBytes);
        var found = Find(datastore);
        world.Space.Fill(found.RootDirectory, freeBytes);
        world.RefreshSpace(found);
    }

    /// <summary>Takes away what <see cref="Fill"/> brought.</summary>
    /// <exception cref="ArgumentException">There is no such datastore.</exception>
    public void Empty(string datastore)
    {
        var found = Find(datastore);
        world.Space.Empty(found.RootDirectory);
        world.RefreshSpace(found);
    }

    /// <summary>
    /// Breaks off a later write of a file or disk: an upload, a copy, a new or a larger disk. The operation fails, and no half file is left.
    /// </summary>
    /// <param name="number">1 for the next write.</param>
    /// <param name="afterBytes">After how many bytes; a shorter write breaks off at its end.</param>
    public void CutWrite(int number, long afterBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        world.Space.Cut(number, afterBytes);
    }

    private DatastoreEntity Find(string datastore)
    {
        lock (world.Store.Gate)
        {
            return world.FindDatastore(datastore)
                ?? throw new ArgumentException($"The lab has no datastore '{datastore}'.", nameof(datastore));
        }
    }
}
