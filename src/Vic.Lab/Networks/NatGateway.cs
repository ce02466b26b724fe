using System.Net;
using System.Net.Sockets;
using Vic.Lab.Machines;
using Vic.Lab.Machines.Processes;
using Vic.Lab.Machines.Qmp;
using Vic.Lab.Machines.Sockets;

namespace Vic.Lab.Networks;

/// <summary>
/// The router of the routed segment: a QEMU process without a machine whose user-mode network (DHCP, DNS, NAT, forwards) sits on one port of the
/// switch. One process serves all guests, so they share one network.
/// </summary>
internal sealed class NatGateway : IAsyncDisposable
{
    private const int ForwardAttempts = 8;
    private readonly ChildProcess _process;
    private readonly NetworkCable _cable;
    private readonly QmpClient _qmp;

    private NatGateway(ChildProcess process, NetworkCable cable, QmpClient qmp)
    {
        _process = process;
        _cable = cable;
        _qmp = qmp;
    }

    public static async Task<NatGateway> StartAsync(
        ChildProcessHost processes, string socketDirectory, EthernetSwitch segment, CancellationToken cancellationToken)
    {
        var cable = new NetworkCable(Path.Combine(socketDirectory, "nat.sock"));
        try
        {
            cable.PlugInto(segment);
            using var control = new UnixListener(Path.Combine(socketDirectory, "nat-qmp.sock"));
            var process = await processes.StartAsync("qemu-system-x86_64", Arguments(cable.SocketPath, control.Path)).ConfigureAwait(false);
            try
            {
                var stream = await control.AcceptFromAsync(process, "The network gateway", cancellationToken).ConfigureAwait(false);
                var qmp = await QmpClient.ConnectAsync(stream, static _ => { }, cancellationToken).ConfigureAwait(false);
                return new NatGateway(process, cable, qmp);
            }
            catch
            {
                await process.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            await cable.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a port of 127.0.0.1 that leads to a guest.</summary>
    /// <exception cref="MachineException">The port is taken.</exception>
    public async Task AddForwardAsync(int hostPort, IPEndPoint guest, CancellationToken cancellationToken)
    {
        var rule = $"hostfwd_add u tcp:127.0.0.1:{hostPort}-{guest.Address}:{guest.Port}";
        var complaint = await _qmp.RunMonitorLineAsync(rule, cancellationToken).ConfigureAwait(false);
        if (complaint.Length > 0)
        {
            throw new MachineException($"Port {hostPort} of 127.0.0.1 cannot be forwarded to {guest}: {complaint}");
        }
    }

    /// <summary>Opens some free port of 127.0.0.1 that leads to a guest, and returns it.</summary>
    public async Task<int> AddForwardAsync(IPEndPoint guest, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var port = FindFreePort();
                await AddForwardAsync(port, guest, cancellationToken).ConfigureAwait(false);
                return port;
            }
            catch (MachineException) when (attempt < ForwardAttempts)
            {
                // Somebody took the port in between.
            }
        }
    }

    /// <summary>Closes a forwarded port.</summary>
    public Task RemoveForwardAsync(int hostPort, CancellationToken cancellationToken) =>
        _qmp.RunMonitorLineAsync($"hostfwd_remove u tcp:127.0.0.1:{hostPort}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        await _qmp.DisposeAsync().ConfigureAwait(false);
        await _cable.DisposeAsync().ConfigureAwait(false);
    }

    private static string[] Arguments(string cablePath, string controlPath) =>
    [
        "-machine", "none", "-nodefaults", "-no-user-config", "-display", "none",
        "-chardev", $"socket,id=qmp,path={controlPath},server=off", "-mon", "chardev=qmp,mode=control",
        "-netdev", $"user,id=u,net={RoutedNetwork.Cidr},host={RoutedNetwork.Gateway},ipv6=off",
        "-netdev", $"stream,id=s,server=off,addr.type=unix,addr.path={cablePath}",
        "-netdev", "hubport,hubid=0,id=a,netdev=u",
        "-netdev", "hubport,hubid=0,id=b,netdev=s",
    ];

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
