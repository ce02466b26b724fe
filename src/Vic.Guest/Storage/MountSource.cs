using Vic.Guest.Linux;

namespace Vic.Guest.Storage;

/// <summary>Something that can be mounted elsewhere after the root has changed, held by a descriptor.</summary>
public sealed class MountSource : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private MountSource(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>A path to it that works under any root which has /proc.</summary>
    public string Path => $"/proc/self/fd/{_descriptor.Number}";

    /// <summary>Opens a file or folder.</summary>
    public static MountSource Open(string path) => new(FileDescriptor.Open(path, OpenFlags.PathOnly));

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
