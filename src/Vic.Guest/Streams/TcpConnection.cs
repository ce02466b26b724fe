using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Vic.Guest.Linux;

namespace Vic.Guest.Streams;

/// <summary>Connects to a TCP server through the shared event loop.</summary>
public static class TcpConnection
{
    private const int AddressLength = 16;
    private const int TcpProtocol = 6;
    private const int NoDelay = 1;
    private const int KeepAlive = 9;

    /// <summary>Connects to an IPv4 address.</summary>
    /// <exception cref="LinuxException">Nobody listens there, or the way is closed.</exception>
    public static async ValueTask<Stream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var descriptor = new FileDescriptor(LinuxException.Check(
            Libc.socket(Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0),
            "socket"));
        SetOption(descriptor, TcpProtocol, NoDelay);
        SetOption(descriptor, Libc.SOL_SOCKET, KeepAlive);
        var pending = StartConnecting(descriptor, server);
        var stream = new DescriptorStream(descriptor);
        try
        {
            while (pending)
            {
                // The first edge may be of the time before connect; only a peer's address says that there is a connection.
                await stream.Writable.WaitAsync(cancellationToken).ConfigureAwait(false);
                pending = IsPending(descriptor, server);
            }
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static unsafe bool StartConnecting(FileDescriptor descriptor, IPEndPoint server)
    {
        var address = stackalloc byte[AddressLength];
        var span = new Span<byte>(address, AddressLength);
        span.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(span, Libc.AF_INET);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)server.Port);
        server.Address.GetAddressBytes().CopyTo(span[4..]);
        if (Libc.connect(descriptor.Number, address, AddressLength) == 0)
            return false;
        return (Errno)Marshal.GetLastPInvokeError() == Errno.InProgress ? true : throw LinuxException.Last($"connect to {server}");
    }

    private static unsafe bool IsPending(FileDescriptor descriptor, IPEndPoint server)
    {
        int error;
        var length = (uint)sizeof(int);
        LinuxException.Check(Libc.getsockopt(descriptor.Number, Libc.SOL_SOCKET, Libc.SO_ERROR, &error, &length), "getsockopt");
        if (error != 0)
            throw new LinuxException($"connect to {server}", (Errno)error);
        var address = stackalloc byte[AddressLength];
        length = AddressLength;
        return Libc.getpeername(descriptor.Number, address, &length) != 0;
    }

    private static unsafe void SetOption(FileDescriptor descriptor, int level, int option)
    {
        var on = 1;
        LinuxException.Check(Libc.setsockopt(descriptor.Number, level, option, &on, sizeof(int)), "setsockopt");
    }
}
