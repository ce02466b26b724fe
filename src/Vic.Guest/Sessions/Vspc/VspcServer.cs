using System.Net.Sockets;

namespace Vic.Guest.Sessions.Vspc;

/// <summary>
/// A virtual serial port concentrator: hosts connect to it on behalf of virtual machines whose serial port is backed by the network. The
/// machine's UUID is the host's word; the session over the port proves more.
/// </summary>
public sealed class VspcServer
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, VspcMove> moves = new(StringComparer.Ordinal);
    private readonly Action<Guid, Stream> onSerialPort;
    private readonly int maximumConnections;
    private int connections;

    /// <summary>Creates the server.</summary>
    /// <param name="onSerialPort">Takes over a machine's serial port: its instance UUID and the stream, which it owns.</param>
    /// <param name="maximumConnections">Connections at one time; more are closed.</param>
    public VspcServer(Action<Guid, Stream> onSerialPort, int maximumConnections = 4096)
    {
        this.onSerialPort = onSerialPort;
        this.maximumConnections = maximumConnections;
    }

    /// <summary>Takes connections until cancelled. The caller has started the listener and stops it.</summary>
    public async Task AcceptAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false);
            client.NoDelay = true;
            _ = ServeClientAsync(client, cancellationToken);
        }
    }

    internal void Offer(Guid uuid, VspcStream serial) => onSerialPort(uuid, serial);

    internal void RememberMove(VspcMove move)
    {
        lock (gate)
            moves[move.Cookie] = move;
    }

    internal VspcMove? FindMove(string cookie)
    {
        lock (gate)
            return moves.GetValueOrDefault(cookie);
    }

    internal void ForgetMove(VspcMove move)
    {
        lock (gate)
            moves.Remove(move.Cookie);
    }

    private async Task ServeClientAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            if (Interlocked.Increment(ref connections) <= maximumConnections)
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                try
                {
                    using var connection = new VspcConnection(this, client.GetStream(), ending);
                    await connection.RunAsync().ConfigureAwait(false);
                }
                catch (Exception error) when (error is IOException or OperationCanceledException or SessionProtocolException or InvalidOperationException)
                {
                    // The host is gone, or what connected is no host.
                }
            }

            Interlocked.Decrement(ref connections);
        }
    }
}
