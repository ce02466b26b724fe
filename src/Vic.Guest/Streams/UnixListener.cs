using System.Runtime.InteropServices;
using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Streams;

/// <summary>Accepts connections on a unix socket.</summary>
public sealed class UnixListener : IDisposable
{
    private const int Backlog = 16;
    private const uint OwnerOnly = 0x180;
    private readonly DescriptorStream _socket;

    /// <summary>Listens at a path that only the owner of this process may use.</summary>
    public unsafe UnixListener(string path)
    {
        File.Delete(path);
        var descriptor = new FileDescriptor(LinuxException.Check(
            Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0),
            "unix socket"));

        // struct sockaddr_un: the family, then the path with its terminator.
        byte[] address = [Libc.AF_UNIX, 0, .. Encoding.UTF8.GetBytes(path), 0];
        fixed (byte* start = address)
            LinuxException.Check(Libc.bind(descriptor.Number, start, (uint)address.Length), $"bind {path}");
        LinuxException.Check(Libc.chmod(path, OwnerOnly), $"chmod {path}");
        LinuxException.Check(Libc.listen(descriptor.Number, Backlog), $"listen on {path}");
        _socket = new DescriptorStream(descriptor);
    }

    /// <summary>Waits for the next client.</summary>
    public async Task<DescriptorStream> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAccept() is { } client)
                return new DescriptorStream(client);
            await _socket.Readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private unsafe FileDescriptor? TryAccept()
    {
        var number = Libc.accept4(_socket.Descriptor.Number, null, null, Libc.SOCK_CLOEXEC);
        if (number >= 0)
            return new FileDescriptor(number);
        return (Errno)Marshal.GetLastPInvokeError() is Errno.Again or Errno.Interrupted ? null : throw LinuxException.Last("accept");
    }
}
