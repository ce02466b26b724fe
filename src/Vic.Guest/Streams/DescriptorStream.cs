using System.Runtime.InteropServices;
using Vic.Guest.Linux;

namespace Vic.Guest.Streams;

/// <summary>
/// Asynchronous reads and writes of a pipe, a terminal, a socket or a character device, through the shared event loop.
/// One read and one write may be in flight at a time.
/// </summary>
public sealed class DescriptorStream : Stream
{
    private readonly ulong _token;
    private int _disposed;

    internal DescriptorStream(FileDescriptor descriptor)
    {
        Descriptor = descriptor;
        descriptor.SetNonBlocking();
        _token = EventLoop.Shared.Add(this);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal FileDescriptor Descriptor { get; }

    internal ReadinessSignal Readable { get; } = new();

    internal ReadinessSignal Writable { get; } = new();

    /// <summary>Returns 0 at the end: the other end is closed, or the last slave of a pseudo-terminal.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var count = TryRead(buffer.Span);
            if (count is not null)
                return count.Value;
            await Readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var count = TryWrite(buffer.Span);
            if (count is null)
                await Writable.WaitAsync(cancellationToken).ConfigureAwait(false);
            else
                buffer = buffer[count.Value..];
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            EventLoop.Shared.Remove(_token, Descriptor.Number);
            Descriptor.Dispose();

            // Whoever waits finds the stream closed.
            Readable.Set();
            Writable.Set();
        }
        base.Dispose(disposing);
    }

    private unsafe int? TryRead(Span<byte> buffer)
    {
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
                count = Libc.read(Descriptor, start, buffer.Length);
            if (count >= 0)
                return (int)count;
            switch ((Errno)Marshal.GetLastPInvokeError())
            {
                case Errno.Again:
                    return null;
                case Errno.Interrupted:
                    continue;
                case Errno.InputOutput:
                    return 0;
                default:
                    throw LinuxException.Last("read");
            }
        }
    }

    private unsafe int? TryWrite(ReadOnlySpan<byte> buffer)
    {
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
                count = Libc.write(Descriptor, start, buffer.Length);
            if (count >= 0)
                return (int)count;
            switch ((Errno)Marshal.GetLastPInvokeError())
            {
                case Errno.Again:
                    return null;
                case Errno.Interrupted:
                    continue;
                default:
                    throw LinuxException.Last("write");
            }
        }
    }
}
