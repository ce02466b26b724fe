using Vic.Guest.Streams;

namespace Vic.Guest.Rpc;

/// <summary>
/// Offers guest RPC to the services of the machine on a unix socket: only PID 1 can hold the port to the host. Commands of the
/// host stay with PID 1.
/// </summary>
public sealed class GuestRpcRelay(IGuestRpcTransport transport, Action<string> log)
{
    /// <summary>Where services find it.</summary>
    public const string SocketPath = "/run/guestrpc.sock";

    /// <summary>Serves clients until cancelled.</summary>
    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        using var listener = new UnixListener(path);
        while (true)
            _ = ServeAsync(await listener.AcceptAsync(cancellationToken).ConfigureAwait(false), cancellationToken);
    }

    private async Task ServeAsync(DescriptorStream client, CancellationToken cancellationToken)
    {
        await using var _ = client.ConfigureAwait(false);
        try
        {
            while (await GuestRpcFraming.ReadAsync(client, cancellationToken).ConfigureAwait(false) is (GuestRpcChannel.Request, var request))
            {
                var reply = await transport.CallAsync(request, cancellationToken).ConfigureAwait(false);
                await GuestRpcFraming.WriteAsync(client, GuestRpcChannel.Request, reply, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            log($"a client of guest RPC is gone: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            // The machine is going down.
        }
    }
}
