using Vic.Lab.Disks;
using Vic.Lab.Machines.PowerOnly;
using Vic.Lab.Machines.Processes;
using Vic.Lab.Machines.Qemu;
using Vic.Lab.Machines.Sockets;
using Vic.Lab.Networks;

namespace Vic.Lab.Machines;

/// <summary>The machine platform of a lab: machines in QEMU processes or with a power state alone, on one state directory.</summary>
public sealed class MachinePlatform : IMachinePlatform
{
    private readonly ChildProcessHost? _processes;
    private readonly SocketDirectory _sockets;
    private readonly VirtualDisks _disks;
    private readonly PortGroupNetworks _networks;
    private readonly GuestDialer _dialer;
    private readonly PublishedPorts _publishedPorts;

    /// <summary>Prepares the platform; processes start with the networks and machines that are added.</summary>
    /// <exception cref="MachineException">A port to publish is in use.</exception>
    public MachinePlatform(MachinePlatformOptions options)
    {
        var leases = new DiskLeases();
        _sockets = new SocketDirectory(options.StateDirectory);
        _disks = new VirtualDisks(Path.GetFullPath(options.StateDirectory), leases, options.Space);
        _processes = options.Runtime == RuntimeKind.Qemu ? new ChildProcessHost() : null;
        _networks = new PortGroupNetworks(_processes, _sockets.ForNetworks());
        _dialer = new GuestDialer(_networks);
        try
        {
            _publishedPorts = new PublishedPorts(options.Publish, _networks, options.LoggerFactory.CreateLogger<PublishedPorts>());
        }
        catch
        {
            _processes?.Dispose();
            _disks.Dispose();
            _dialer.Dispose();
            _sockets.Dispose();
            throw;
        }

        Runtime = _processes is null
            ? new PowerOnlyRuntime(_sockets, leases)
            : new QemuMachineRuntime(
                new QemuResources(_processes, _sockets, leases, _networks, _dialer, _publishedPorts, options.LoggerFactory));
    }

    /// <inheritdoc />
    public IMachineRuntime Runtime { get; }

    /// <inheritdoc />
    public IVirtualDisks Disks => _disks;

    /// <inheritdoc />
    public IPortGroupNetworks Networks => _networks;

    /// <summary>Stops the networks. The machines are disposed before, by whoever created them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _networks.DisposeAsync().ConfigureAwait(false);
        _publishedPorts.Dispose();
        _dialer.Dispose();
        _disks.Dispose();
        _processes?.Dispose();
        _sockets.Dispose();
    }
}
