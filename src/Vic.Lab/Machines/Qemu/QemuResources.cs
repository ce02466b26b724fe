using Vic.Lab.Disks;
using Vic.Lab.Machines.Processes;
using Vic.Lab.Machines.Sockets;
using Vic.Lab.Networks;

namespace Vic.Lab.Machines.Qemu;

/// <summary>What all machines of a lab share.</summary>
internal sealed record QemuResources(
    ChildProcessHost Processes,
    SocketDirectory Sockets,
    DiskLeases Leases,
    PortGroupNetworks Networks,
    GuestDialer Dialer,
    PublishedPorts PublishedPorts,
    ILoggerFactory LoggerFactory);
