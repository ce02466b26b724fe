namespace Vic.Lab.Machines;

/// <summary>
/// Virtual disks as ESXi keeps them: a text descriptor <c>name.vmdk</c> and its data file. Paths are absolute paths of descriptors on this
/// computer, inside a datastore's directory; the parent directory exists. Every method throws <see cref="FileNotFoundException"/>,
/// <see cref="VirtualDiskExistsException"/>, <see cref="IOException"/> or <see cref="MachineException"/>, and leaves nothing half made.
/// </summary>
public interface IVirtualDisks
{
    /// <summary>Makes an empty disk.</summary>
    Task CreateAsync(string path, VirtualDiskOptions options, CancellationToken cancellationToken);

    /// <summary>Makes a copy-on-write child of <paramref name="parentPath"/>, with the parent's capacity or a larger one.</summary>
    Task CreateChildAsync(string path, string parentPath, VirtualDiskOptions? options, CancellationToken cancellationToken);

    /// <summary>Deletes descriptor and data file; parents stay.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Copies a disk, flattening its chain, and gives the copy a uuid of its own.</summary>
    Task CopyAsync(string sourcePath, string destinationPath, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Moves or renames a disk.</summary>
    Task MoveAsync(string sourcePath, string destinationPath, CancellationToken cancellationToken);

    /// <summary>Makes a disk larger.</summary>
    Task ExtendAsync(string path, long capacityBytes, CancellationToken cancellationToken);

    /// <summary>Reads a disk's facts from its descriptor; cheap enough to call for each entry of a listing.</summary>
    /// <returns>The facts, or null when the file is not a disk descriptor.</returns>
    VirtualDiskFacts? Inspect(string path);
}
