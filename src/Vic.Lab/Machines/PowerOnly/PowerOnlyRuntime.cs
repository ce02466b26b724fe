using Vic.Lab.Disks;
using Vic.Lab.Machines.Sockets;

namespace Vic.Lab.Machines.PowerOnly;

/// <summary>Makes machines that only have a power state, for tests of the API and for scale.</summary>
internal sealed class PowerOnlyRuntime(SocketDirectory sockets, DiskLeases leases) : IMachineRuntime
{
    public IMachine Create(MachineConfiguration configuration, IMachineObserver observer) =>
        new PowerOnlyMachine(configuration, observer, sockets, leases);
}
