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
    private readonly Dictionary<int, (MachineDisk Disk, IDisposable Lease)> _attached = [];
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

    public int? ProcessId => null;

    public IGuestOperations Guest { get; }

    public Task PowerOnAsync(CancellationToken cancellationToken)
    {
        if (_guestRpc is not null)
        {
            return Task.CompletedTask;
        }

        try
        {
            ChangeDisks(_configuration.Disks);
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
            try
            {
                ChangeDisks(configuration.Disks);
            }
            catch
            {
                ChangeDisks(_configuration.Disks);
                throw;
            }
        }

        _configuration = configuration;
        return Task.CompletedTask;
    }

    public Task ShutdownGuestAsync(CancellationToken cancellationToken) => CommandAsync("OS_Halt"u8.ToArray(), cancellationToken);

    public Task RebootGuestAsync(CancellationToken cancellationToken) => CommandAsync("OS_Reboot"u8.ToArray(), cancellationToken);

    public Task MigrateAsync(Func<Task> arrive, CancellationToken cancellationToken) => arrive();

    public async Task KillAsync()
    {
        if (_guestRpc is not null)
        {
            await PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
            _observer.PowerStateChanged(MachinePowerState.PoweredOff, "The virtual machine's process was killed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
        _sockets.Forget(Id);
    }

    private Task<byte[]> CommandAsync(byte[] command, CancellationToken cancellationToken) =>
        _guestRpc?.CommandAsync(command, cancellationToken)
        ?? throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The virtual machine is not running.");

    private void ChangeDisks(IReadOnlyList<MachineDisk> target)
    {
        foreach (var (disk, lease) in _attached.Values.Where(attached => !target.Contains(attached.Disk)).ToList())
        {
            lease.Dispose();
            _attached.Remove(disk.Key);
        }

        foreach (var disk in target.Where(disk => !_attached.ContainsKey(disk.Key)))
        {
            var chain = DiskChain.Read(disk.Path);
            _attached.Add(disk.Key, (disk, _diskLeases.Take(_configuration.Name, [.. chain.Select(link => link.Path)], disk.ReadOnly)));
        }
    }

    private void DetachAll() => ChangeDisks([]);
}
