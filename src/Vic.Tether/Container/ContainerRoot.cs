using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Network;
using Vic.Guest.Processes;
using Vic.Guest.Rpc;
using Vic.Guest.Storage;

namespace Vic.Tether.Container;

/// <summary>The container's file system and networks, ready for its processes.</summary>
internal sealed class ContainerRoot : IDisposable
{
    private const string Disk = "/run/rootfs";
    private const string Label = "containerfs";
    private const int MaximumUserFile = 1024 * 1024;
    private const int UnmountAttempts = 100;
    private static readonly TimeSpan DiskLimit = TimeSpan.FromMinutes(2);

    private readonly NetworkSetup _networks;

    private ContainerRoot(NetworkSetup networks, MountNamespace mounts)
    {
        _networks = networks;
        Namespace = mounts;
    }

    public MountNamespace Namespace { get; }

    public static async Task<ContainerRoot> PrepareAsync(ExecutorConfiguration configuration, GuestRpc rpc, CancellationToken cancellationToken)
    {
        var disk = MountDiskAsync(cancellationToken);
        var hostName = ProcessRequests.HostNameOf(configuration);
        var networks = new NetworkSetup(hostName, GuestLog.Write);
        try
        {
            await ContainerNetworks.ApplyAsync(configuration, networks, rpc, cancellationToken).ConfigureAwait(false);
            ContainerNetworks.WriteNameFiles(configuration, hostName);
            await disk.ConfigureAwait(false);
            return new ContainerRoot(networks, ContainerMounts.Arrange(Disk, ContainerNetworks.NameFileFolder, configuration));
        }
        catch
        {
            networks.Dispose();
            throw;
        }
    }

    /// <summary>The image's users; read when a process starts, because the container may have changed them.</summary>
    public static ImageUsers Users()
    {
        var files = new RootedFiles(Disk);
        return new ImageUsers(files.ReadText("/etc/passwd", MaximumUserFile) ?? string.Empty, files.ReadText("/etc/group", MaximumUserFile) ?? string.Empty);
    }

    /// <summary>Brings the disk to rest: nothing is lost when the power goes.</summary>
    public void Release()
    {
        Namespace.Dispose();
        Mounts.Sync();

        // Killed processes take a moment to let go of the namespace.
        for (var attempt = 0; attempt < UnmountAttempts; attempt++)
        {
            if (Mounts.TryUnmount(Disk))
                return;
            Thread.Sleep(10);
        }
        GuestLog.Write("the container's disk is still in use");
        Mounts.RemountReadOnly(Disk);
    }

    public void Dispose()
    {
        Namespace.Dispose();
        _networks.Dispose();
    }

    private static async Task MountDiskAsync(CancellationToken cancellationToken)
    {
        var devices = new BlockDevices();
        var device = await BlockDevices.WaitAsync(
            () => devices.FindByScsiUnit(0) ?? devices.FindByLabel(Label),
            "at SCSI unit 0 or labelled " + Label,
            DiskLimit,
            cancellationToken).ConfigureAwait(false);
        Mounts.Mount(device, Disk, "ext4", MountFlags.NoAccessTime);
        GuestLog.Write($"{device} is the container's disk");
    }
}
