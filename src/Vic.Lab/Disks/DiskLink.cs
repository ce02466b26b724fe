namespace Vic.Lab.Disks;

/// <summary>One disk of a chain.</summary>
/// <param name="Path">The descriptor.</param>
/// <param name="Descriptor">Its content.</param>
internal sealed record DiskLink(string Path, VmdkDescriptor Descriptor)
{
    /// <summary>The data file.</summary>
    public string DataPath => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, Descriptor.ExtentFileName);

    /// <summary>The parent's descriptor, or null.</summary>
    public string? ParentPath => Descriptor.ParentFileNameHint is { } hint
        ? System.IO.Path.GetFullPath(hint, System.IO.Path.GetDirectoryName(Path)!)
        : null;
}
