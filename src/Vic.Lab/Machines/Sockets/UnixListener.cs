using System.Net.Sockets;

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

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }
}
