namespace Vic.Lab.Disks;

/// <summary>A write was broken off on purpose (vim25 fault FileFault).</summary>
public sealed class WriteCutException(string path, long bytes) : IOException($"The write of {System.IO.Path.GetFileName(path)} broke off after {bytes} bytes.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
