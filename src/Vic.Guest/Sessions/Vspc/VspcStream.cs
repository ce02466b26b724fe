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
    private VspcConnection? target;
    private MoveState move;
    private bool isClosed;
    private bool isEnded;

    internal VspcStream(VspcConnection connection) => this.connection = connection;

    private enum MoveState
    {
        /// <summary>The machine runs where it is.</summary>
        None,

        /// <summary>A vMotion was announced: the writer finishes, and no other is let in.</summary>
        Announced,

        /// <summary>The vMotion goes on; nothing is written, because it would reach the machine's old self.</summary>
        Moving,
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
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether a vMotion goes on, so that the machine may be taken over by another connection.</summary>
    internal bool IsMoving
    {
        get
        {
            lock (gate)
                return move == MoveState.Moving;
        }
    }

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

    /// <summary>Takes bytes from the machine; waits while nobody reads them. A target host that has not taken over yet has none to give.</summary>
    internal async ValueTask AddAsync(VspcConnection from, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                if (isEnded || from != connection)
                    return;
                data = data[received.Enqueue(data.Span)..];
                hasData.Set();
            }

            if (data.IsEmpty)
                return;
            await hasRoom.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps writers waiting from now on; completes when everything written is on its way. False when there is a vMotion already.</summary>
    internal async Task<bool> BeginMoveAsync(VspcConnection source, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (isEnded || source != connection || move != MoveState.None)
                return false;
            move = MoveState.Announced;
        }

        try
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (gate)
                move = MoveState.None;
            throw;
        }

        lock (gate)
        {
            if (!isEnded && move == MoveState.Announced)
            {
                move = MoveState.Moving;
                return true;
            }
        }

        // Given up before it could go ahead.
        writing.Release();
        return false;
    }

    /// <summary>The target host has connected.</summary>
    internal bool Join(VspcConnection from)
    {
        lock (gate)
        {
            if (isEnded || move != MoveState.Moving || from == connection)
                return false;
            target = from;
            return true;
        }
    }

    /// <summary>The machine runs at the target host from now on; what it said before is taken first.</summary>
    internal async Task CompleteMoveAsync(VspcConnection from)
    {
        VspcConnection source;
        lock (gate)
        {
            if (move != MoveState.Moving || from != target)
                return;
            source = connection;
        }

        await source.DrainAsync().ConfigureAwait(false);
        lock (gate)
        {
            if (isEnded || move != MoveState.Moving || from != target)
                return;
            connection = from;
            isClosed = false;
            EndMove();
        }
    }

    /// <summary>The vMotion failed: the machine runs on where it was.</summary>
    internal void AbortMove(VspcConnection from)
    {
        lock (gate)
        {
            if (from != connection)
                return;
            if (move == MoveState.Announced)
                move = MoveState.None;
            else if (move == MoveState.Moving)
                EndMove();
        }
    }

    /// <summary>A connection has ended: the stream ends as well, unless another connection carries it or is about to.</summary>
    internal void OnClosed(VspcConnection closed)
    {
        lock (gate)
        {
            if (closed == target)
                target = null;
            isClosed |= closed == connection;
            if (isClosed && target is null)
                End();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        VspcConnection? other;
        lock (gate)
        {
            other = target;
            End();
        }

        connection.Abandon();
        other?.Abandon();
        base.Dispose(disposing);
    }

    private void EndMove()
    {
        move = MoveState.None;
        target = null;
        writing.Release();
    }

    private void End()
    {
        isEnded = true;
        if (move == MoveState.Moving)
            EndMove();
        move = MoveState.None;
        hasData.Set();
        hasRoom.Set();
    }
}
