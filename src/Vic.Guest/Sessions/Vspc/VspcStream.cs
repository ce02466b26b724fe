using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions.Vspc;

/// <summary>
/// A virtual machine's serial port as a stream of bytes. It outlives the connection that carries it when vMotion moves the machine to a
/// host that connects anew.
/// </summary>
internal sealed class VspcStream : Stream
{
    private const int Capacity = 64 * 1024;

    private readonly Lock gate = new();
    private readonly ByteQueue received = new(Capacity);
    private readonly AsyncSignal hasData = new();
    private readonly AsyncSignal hasRoom = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private VspcConnection connection;
    private bool isEnded;

    internal VspcStream(VspcConnection connection) => this.connection = connection;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Keeps writers waiting from the announcement of a vMotion to its end: the bytes would reach the machine's old self.</summary>
    internal bool IsMoving { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            lock (gate)
            {
                var count = Math.Min(received.Count, buffer.Length);
                if (count > 0)
                {
                    received.Peek(0, buffer.Span[..count]);
                    received.Drop(count);
                    hasRoom.Set();
                    return count;
                }

                if (isEnded)
                    return 0;
            }

            await hasData.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.SendDataAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Takes bytes from the machine; waits while nobody reads them.</summary>
    internal async ValueTask AddAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                if (isEnded)
                    return;
                data = data[received.Enqueue(data.Span)..];
                hasData.Set();
            }

            if (data.IsEmpty)
                return;
            await hasRoom.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    internal async ValueTask BeginMoveAsync(CancellationToken cancellationToken)
    {
        if (IsMoving)
            return;
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        IsMoving = true;
    }

    /// <summary>The machine runs on at the connection given, or at its old one when the vMotion was given up.</summary>
    internal void EndMove(VspcConnection? next)
    {
        if (!IsMoving)
            return;
        connection = next ?? connection;
        IsMoving = false;
        writing.Release();
    }

    /// <summary>The connection has ended: the stream ends as well, unless another connection carries it.</summary>
    internal void OnClosed(VspcConnection closed)
    {
        if (closed == connection && !IsMoving)
            End();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        End();
        connection.Abandon();
        base.Dispose(disposing);
    }

    private void End()
    {
        lock (gate)
            isEnded = true;
        hasData.Set();
        hasRoom.Set();
    }
}
