using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>A set of mounts of its own, kept alive by a descriptor while no process is in it.</summary>
public sealed class MountNamespace : IDisposable
{
    private MountNamespace(FileDescriptor descriptor) => Descriptor = descriptor;

    internal FileDescriptor Descriptor { get; }

    /// <summary>Copies the current mounts into a new namespace and arranges them there; nothing of it is seen outside.</summary>
    /// <param name="arrange">Runs inside the new namespace, on a thread that ends with it.</param>
    public static MountNamespace Create(Action arrange)
    {
        FileDescriptor? descriptor = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // A namespace, a root and a working directory belong to a thread once they are unshared.
                LinuxException.Check(Libc.unshare(Libc.CLONE_FS | Libc.CLONE_NEWNS), "unshare");
                var own = FileDescriptor.Open("/proc/thread-self/ns/mnt", OpenFlags.ReadOnly);
                try
                {
                    arrange();
                    descriptor = own;
                }
                catch
                {
                    own.Dispose();
                    throw;
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return descriptor is null
            ? throw new IOException("The container's mounts cannot be made: " + failure?.Message, failure)
            : new MountNamespace(descriptor);
    }

    /// <summary>Moves the calling thread in. The thread must be about to execute a program.</summary>
    internal static void Enter(int descriptor)
    {
        LinuxException.Check(Libc.unshare(Libc.CLONE_FS), "unshare");
        LinuxException.Check(Libc.setns(descriptor, Libc.CLONE_NEWNS), "setns");
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();
}
