namespace Vic.Lab.Machines;

/// <summary>There is a file where a disk was to be made.</summary>
public sealed class VirtualDiskExistsException(string path) : IOException($"The file {path} already exists.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
