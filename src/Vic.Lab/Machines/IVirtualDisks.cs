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

    /// <summary>Copies a disk, flattening its chain, and gives the copy a uuid of its own; may overwrite a disk that nobody needs.</summary>
    Task CopyAsync(string sourcePath, string destinationPath, bool overwrite, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Moves or renames a disk; may overwrite a disk that nobody needs.</summary>
    Task MoveAsync(string sourcePath, string destinationPath, bool overwrite, CancellationToken cancellationToken);

    /// <summary>Makes a disk larger.</summary>
    /// <param name="path">The disk.</param>
    /// <param name="capacityBytes">Its new capacity.</param>
    /// <param name="attached">Whether the machine that runs with the disk asks for it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task ExtendAsync(string path, long capacityBytes, bool attached, CancellationToken cancellationToken);

    /// <summary>Takes an extension back that nobody has written to.</summary>
    Task ShrinkAsync(string path, long capacityBytes);

    /// <summary>
    /// Makes a child one with its parent: the parent has the child's content, and takes the place of it in the chains of other disks and of running
    /// machines. The parent may have no other child.
    /// </summary>
    Task MergeAsync(string path, CancellationToken cancellationToken);

    /// <summary>Deletes a directory with its disks, unless a machine or a disk elsewhere needs one of them.</summary>
    Task DeleteFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>Moves a directory with its disks, unless a machine or a disk elsewhere needs one of them.</summary>
    Task MoveFolderAsync(string sourcePath, string destinationPath, CancellationToken cancellationToken);

    /// <summary>Who needs the disk that a file belongs to, as descriptor or data: a running machine, or a child; null when nobody does.</summary>
    string? UserOf(string path);

    /// <summary>The disks that have a disk as their parent.</summary>
    IReadOnlyList<string> ChildrenOf(string path);

    /// <summary>A file was written or deleted by somebody else.</summary>
    void NoteChange(string path);

    /// <summary>Reads a disk's facts from its descriptor; cheap enough to call for each entry of a listing.</summary>
    /// <returns>The facts, or null when the file is not a disk descriptor.</returns>
    VirtualDiskFacts? Inspect(string path);
}
