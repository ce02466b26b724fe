using System.Net.Sockets;
using Vic.Lab.Machines.Processes;

namespace Vic.Lab.Machines.Sockets;

/// <summary>A unix socket that only its owner may connect to; the file is gone when the listener is.</summary>
internal sealed class UnixListener : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public UnixListener(string path)
    {
        Path = path;
        File.Delete(path);
        try
        {
            _socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _socket.Listen(4);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public async Task<Stream> AcceptAsync(CancellationToken cancellationToken) =>
        new NetworkStream(await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false), ownsSocket: true);

    /// <summary>Accepts the connection of a program that was just started.</summary>
    /// <exception cref="MachineException">The program ended instead.</exception>
    public async Task<Stream> AcceptFromAsync(ChildProcess process, string what, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(giveUp.Token);
        if (await Task.WhenAny(accepting, process.Exited).ConfigureAwait(false) == accepting)
        {
            return await accepting.ConfigureAwait(false);
        }

        await giveUp.CancelAsync().ConfigureAwait(false);
        throw new MachineException($"{what} did not start: {await process.GetDiagnosticsAsync().ConfigureAwait(false)}");
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }
}
