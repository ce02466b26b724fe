using System.Text.Json.Nodes;
using Vic.Lab.GuestRpc;
using Vic.Lab.Machines.Processes;
using Vic.Lab.Machines.Qmp;
using Vic.Lab.Machines.Sockets;
using Vic.Lab.Networks;
using Vic.Lab.SerialPorts;

namespace Vic.Lab.Machines.Qemu;

/// <summary>One power-on of a machine: its QEMU process and everything that is connected to it, from start to the process's end.</summary>
internal sealed class QemuSession : IAsyncDisposable
{
    private readonly QemuResources _resources;
    private readonly QemuSockets _sockets;
    private readonly QemuDisks _disks;
    private readonly Action<QmpEvent> _onEvent;
    private readonly Dictionary<int, NetworkCable> _cables = [];
    private readonly Dictionary<int, SerialLine> _lines = [];
    private ChildProcess? _process;
    private QmpClient? _qmp;
    private bool _guestShutDown;

    private QemuSession(MachineConfiguration configuration, QemuResources resources, GuestRpcEndpoint guestRpc, Action<QmpEvent> onEvent)
    {
        _resources = resources;
        _sockets = new QemuSockets(resources.Sockets.ForMachine(configuration.Id));
        _disks = new QemuDisks(configuration, _sockets, resources.Leases);
        _onEvent = onEvent;
        GuestRpc = guestRpc;
    }

    /// <summary>The host's end of guest RPC.</summary>
    public GuestRpcEndpoint GuestRpc { get; }

    /// <summary>QEMU's control connection.</summary>
    public QmpClient Qmp => _qmp!;

    /// <summary>QEMU's process id.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts QEMU and lets the guest run.</summary>
    /// <exception cref="MachineException">The machine cannot start.</exception>
    public static async Task<QemuSession> StartAsync(
        MachineConfiguration configuration,
        QemuResources resources,
        GuestRpcEndpoint guestRpc,
        Action<QmpEvent> onEvent,
        CancellationToken cancellationToken)
    {
        var session = new QemuSession(configuration, resources, guestRpc, onEvent);
        try
        {
            await session.LaunchAsync(configuration, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            if (exception is QmpException)
            {
                throw new MachineException($"The virtual machine {configuration.Name} did not start: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Hands all serial lines over to another host, one within the other: each is moved when all of them can be.</summary>
    /// <exception cref="MachineException">A concentrator does not agree.</exception>
    public Task MigrateAsync(Func<Task> arrive, CancellationToken cancellationToken)
        => _lines.Values.Aggregate(arrive, (within, line) => () => line.MoveAsync(within, cancellationToken))();

    /// <summary>Ends the process without asking it.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Waits for the process's end, and returns why it ended: null when the guest powered itself off.</summary>
    public async Task<string?> WaitForEndAsync()
    {
        var exitCode = await _process!.Exited.ConfigureAwait(false);

        // The last events are still to be read when the process is gone.
        await Qmp.Closed.ConfigureAwait(false);
        if (_guestShutDown)
        {
            return null;
        }

        var diagnostics = await _process.GetDiagnosticsAsync().ConfigureAwait(false);
        return $"The virtual machine's process ended with {exitCode}. {diagnostics}".TrimEnd();
    }

    /// <summary>Changes the running machine from one configuration to another.</summary>
    /// <exception cref="MachineException">QEMU refuses.</exception>
    public async Task ReconfigureAsync(MachineConfiguration before, MachineConfiguration after, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(before, after, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is QmpException or MachineException or IOException)
        {
            try
            {
                await ApplyAsync(after, before, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception second) when (second is QmpException or MachineException or IOException)
            {
                throw new MachineException(
                    $"The running virtual machine refuses the change ({exception.Message}), and the part that it took could not be taken back: {second.Message}",
                    exception);
            }

            if (exception is QmpException)
            {
                throw new MachineException($"The running virtual machine refuses the change: {exception.Message}", exception);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        if (_qmp is not null)
        {
            await _qmp.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var cable in _cables.Values)
        {
            await cable.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var line in _lines.Values)
        {
            await line.DisposeAsync().ConfigureAwait(false);
        }

        _disks.Dispose();
        File.Delete(_sockets.ProcessIdFile);
        await GuestRpc.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ApplyAsync(MachineConfiguration before, MachineConfiguration after, CancellationToken cancellationToken)
    {
        foreach (var adapter in after.NetworkAdapters.Where(adapter => _cables.ContainsKey(adapter.Key)))
        {
            await ConnectAsync(adapter, cancellationToken).ConfigureAwait(false);
        }

        foreach (var port in after.SerialPorts.Where(port => before.SerialPorts.Any(old => old.Key == port.Key && old != port)))
        {
            await ReconnectAsync(port, after, cancellationToken).ConfigureAwait(false);
        }

        foreach (var drive in after.CdRoms.Where(drive => before.CdRoms.Any(old => old.Key == drive.Key && old != drive)))
        {
            await ChangeMediumAsync(drive, cancellationToken).ConfigureAwait(false);
        }

        // Last, because a disk that grew a child cannot be given back without it.
        await _disks.ChangeAsync(Qmp, after.Disks, cancellationToken).ConfigureAwait(false);
    }

    private async Task LaunchAsync(MachineConfiguration configuration, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<int, JsonObject>();
        foreach (var disk in configuration.Disks)
        {
            nodes.Add(disk.Key, await _disks.OpenAsync(disk, cancellationToken).ConfigureAwait(false));
        }

        foreach (var adapter in configuration.NetworkAdapters)
        {
            _cables.Add(adapter.Key, new NetworkCable(_sockets.Adapter(adapter.Key)));
        }

        foreach (var port in configuration.SerialPorts)
        {
            OpenLine(port, configuration);
        }

        using var control = new UnixListener(_sockets.Control);
        var arguments = QemuCommandLine.Build(configuration, _sockets, nodes);
        _process = await _resources.Processes.StartAsync(QemuCommandLine.Program, arguments).ConfigureAwait(false);
        var stream = await control.AcceptFromAsync(_process, configuration.Name, cancellationToken).ConfigureAwait(false);
        _qmp = await QmpClient.ConnectAsync(stream, OnEvent, cancellationToken).ConfigureAwait(false);
        foreach (var adapter in configuration.NetworkAdapters)
        {
            await ConnectAsync(adapter, cancellationToken).ConfigureAwait(false);
        }

        await _qmp.ExecuteAsync("cont", null, cancellationToken).ConfigureAwait(false);
    }

    private void OnEvent(QmpEvent received)
    {
        if (received.Name == "SHUTDOWN" && received.Flag("guest"))
        {
            _guestShutDown = true;
        }

        _onEvent(received);
    }

    private async Task ConnectAsync(MachineNetworkAdapter adapter, CancellationToken cancellationToken)
    {
        var plugged = adapter is { Connected: true, PortGroup: not null };
        _cables[adapter.Key].PlugInto(plugged ? _resources.Networks.SwitchOf(adapter.PortGroup!) : null);
        var arguments = new JsonObject { ["name"] = QemuNames.Adapter(adapter.Key), ["up"] = plugged };
        await Qmp.ExecuteAsync("set_link", arguments, cancellationToken).ConfigureAwait(false);
    }

    private void OpenLine(MachineSerialPort port, MachineConfiguration configuration)
    {
        if (port.Backing is SerialPortBacking.Network network)
        {
            var identity = new SerialPortIdentity(configuration.Name, configuration.Uuid);
            var line = new SerialLine(_sockets.Serial(port.Key), identity, _resources.Dialer);
            _lines.Add(port.Key, line);
            line.Retarget(port.Connected ? network : null);
        }
    }

    private async Task ReconnectAsync(MachineSerialPort port, MachineConfiguration configuration, CancellationToken cancellationToken)
    {
        if (port.Backing is SerialPortBacking.Network network && _lines.TryGetValue(port.Key, out var line))
        {
            line.Retarget(port.Connected ? network : null);
            return;
        }

        if (_lines.Remove(port.Key, out var former))
        {
            await former.DisposeAsync().ConfigureAwait(false);
        }

        OpenLine(port, configuration);
        var arguments = new JsonObject
        {
            ["id"] = QemuNames.SerialBackend(port.Key),
            ["backend"] = QemuCommandLine.SerialBackend(port, _sockets),
        };
        await Qmp.ExecuteAsync("chardev-change", arguments, cancellationToken).ConfigureAwait(false);
    }

    private async Task ChangeMediumAsync(MachineCdRom drive, CancellationToken cancellationToken)
    {
        var id = QemuNames.CdRom(drive.Key);
        if (drive.ImagePath is null)
        {
            await Qmp.ExecuteAsync("eject", new JsonObject { ["id"] = id, ["force"] = true }, cancellationToken).ConfigureAwait(false);
            return;
        }

        var arguments = new JsonObject
        {
            ["id"] = id,
            ["filename"] = drive.ImagePath,
            ["format"] = "raw",
            ["read-only-mode"] = "read-only",
            ["force"] = true,
        };
        await Qmp.ExecuteAsync("blockdev-change-medium", arguments, cancellationToken).ConfigureAwait(false);
    }
}
