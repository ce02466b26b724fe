using Vic.Guest.Kernel;
using Vic.Guest.Logs;
using Vic.Guest.Rpc;
using Vic.Guest.Rpc.Backdoor;
using Vic.Guest.Storage;

namespace Vic.Tether.Boot;

/// <summary>
/// A machine whose kernel, drivers and guest RPC are ready, and that knows nothing yet of what it is to become. A template for
/// instant clones stops here.
/// </summary>
internal sealed class BootedMachine
{
    private static readonly TimeSpan PortLimit = TimeSpan.FromSeconds(30);

    private BootedMachine(KernelCommandLine commandLine, IGuestRpcTransport transport)
    {
        CommandLine = commandLine;
        Transport = transport;
        Rpc = new GuestRpc(transport);
    }

    public KernelCommandLine CommandLine { get; }

    public IGuestRpcTransport Transport { get; }

    public GuestRpc Rpc { get; }

    public static async Task<BootedMachine> BootAsync(CancellationToken cancellationToken)
    {
        const MountFlags Restricted = MountFlags.NoSetUserId | MountFlags.NoDevices | MountFlags.NoExecute;
        Mounts.Mount("proc", "/proc", "proc", Restricted);
        Mounts.Mount("sysfs", "/sys", "sysfs", Restricted);
        Mounts.Mount("devtmpfs", "/dev", "devtmpfs", MountFlags.NoSetUserId, "mode=0755");

        // Group 5 is tty in every distribution.
        Mounts.Mount("devpts", "/dev/pts", "devpts", MountFlags.NoSetUserId | MountFlags.NoExecute, "newinstance,gid=5,mode=0620,ptmxmode=0666");
        Mounts.Mount("tmpfs", "/run", "tmpfs", MountFlags.NoSetUserId | MountFlags.NoDevices, "mode=0755");
        KernelModules.LoadAll("/lib/modules", GuestLog.Write);

        var transport = await OpenTransportAsync(cancellationToken).ConfigureAwait(false);
        GuestLog.Write("booted");
        return new BootedMachine(KernelCommandLine.Current(), transport);
    }

    /// <summary>VMware's backdoor where VMware is, and the virtio port elsewhere: touching the backdoor where there is none would end PID 1.</summary>
    private static async Task<IGuestRpcTransport> OpenTransportAsync(CancellationToken cancellationToken)
    {
        if (Hypervisor.IsVmware)
            return new BackdoorGuestRpcTransport();

        var port = await VirtioPort.OpenAsync(VirtioPort.GuestRpcName, PortLimit, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"There is no port {VirtioPort.GuestRpcName} for guest RPC.");
        return new StreamGuestRpcTransport(port);
    }
}
