using Vic.Lab.Disks;
using Vic.Lab.GuestRpc;
using Vic.Lab.GuestRpc.Vix;
using Vic.Lab.Machines.Sockets;

namespace Vic.Lab.Machines.PowerOnly;

/// <summary>
/// A machine that has a power state, holds its disks and offers its guest RPC socket while it is on; whoever connects there plays the guest.
/// </summary>
internal sealed class PowerOnlyMachine : IMachine
{
    private readonly IMachineObserver _observer;
    private readonly SocketDirectory _sockets;
    private readonly DiskLeases _diskLeases;
    private readonly Dictionary<int, IDisposable> _leases = [];
    private MachineConfiguration _configuration;
    private GuestRpcEndpoint? _guestRpc;

    public PowerOnlyMachine(MachineConfiguration configuration, IMachineObserver observer, SocketDirectory sockets, DiskLeases leases)
    {
        _configuration = configuration;
        _observer = observer;
        _sockets = sockets;
        _diskLeases = leases;
        Guest = new VixGuestOperations(() => _guestRpc);
    }

    public string Id => _configuration.Id;

    public IGuestOperations Guest { get; }

    public Task PowerOnAsync(CancellationToken cancellationToken)
    {
        if (_guestRpc is not null)
        {
            return Task.CompletedTask;
        }

        try
        {
            foreach (var disk in _configuration.Disks)
            {
                Attach(disk);
            }

            var identity = new GuestIdentityReport(
                () => _configuration.NetworkAdapters.Count > 0 ? _configuration.NetworkAdapters[0].MacAddress : null,
                _observer.GuestIdentityReported);
            var path = Path.Combine(_sockets.ForMachine(Id), "guestrpc.sock");
            _guestRpc = new GuestRpcEndpoint(path, new RpciCommands(_observer, identity), _observer.ToolsStateChanged);
            return Task.CompletedTask;
        }
        catch
        {
            DetachAll();
            throw;
        }
    }

    public async Task PowerOffAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _guestRpc, null) is { } guestRpc)
        {
            await guestRpc.DisposeAsync().ConfigureAwait(false);
            DetachAll();
        }
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        _guestRpc?.Reset();
        return Task.CompletedTask;
    }

    public Task SuspendAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReconfigureAsync(MachineConfiguration configuration, CancellationToken cancellationToken)
    {
        if (_guestRpc is not null)
        {
            foreach (var disk in _configuration.Disks.Where(disk => !configuration.Disks.Contains(disk)))
            {
                Detach(disk.Key);
            }

            foreach (var disk in configuration.Disks.Where(disk => !_configuration.Disks.Contains(disk)))
            {
                Attach(disk);
            }
        }

        _configuration = configuration;
        return Task.CompletedTask;
    }

    public Task ShutdownGuestAsync(CancellationToken cancellationToken) => CommandAsync("OS_Halt"u8.ToArray(), cancellationToken);

    public Task RebootGuestAsync(CancellationToken cancellationToken) => CommandAsync("OS_Reboot"u8.ToArray(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
        _sockets.Forget(Id);
    }

    private Task<byte[]> CommandAsync(byte[] command, CancellationToken cancellationToken) =>
        _guestRpc?.CommandAsync(command, cancellationToken)
        ?? throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The virtual machine is not running.");

    private void Attach(MachineDisk disk)
    {
        var chain = DiskChain.Read(disk.Path);
        _leases.Add(disk.Key, _diskLeases.Take(_configuration.Name, [.. chain.Select(link => link.Path)], disk.ReadOnly));
    }

    private void Detach(int key)
    {
        if (_leases.Remove(key, out var lease))
        {
            lease.Dispose();
        }
    }

    private void DetachAll()
    {
        foreach (var key in _leases.Keys.ToList())
        {
            Detach(key);
        }
    }
}
