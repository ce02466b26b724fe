using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Vic.Vim25;

/// <summary>
/// A response's body on its way to the parser, in pooled pieces. The parser is synchronous and is begun when the body is complete, or when
/// a window of it is there: so a slow server's small answer blocks no thread, and of a large one no more than the window is held.
/// </summary>
internal sealed class ResponseBody : Stream
{
    private const int PieceSize = 64 * 1024;

    /// <summary>How many pieces wait for the parser at most.</summary>
    private const int Window = 16;

    private readonly object _gate = new();
    private readonly Queue<(byte[] Bytes, int Count)> _pieces = new();
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? _space;
    private byte[] _current = [];
    private int _offset;
    private int _end;
    private bool _isComplete;
    private bool _isClosed;
    private bool _isDropped;
    private int _dropped;
    private Task _filling = Task.CompletedTask;
    private Exception? _failure;

    private ResponseBody()
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Begins to read a response's content, and returns when the parser may begin.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Ends the reading, also while the parser waits for more.</param>
    public static async Task<ResponseBody> BeginAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new ResponseBody();
        body._filling = body.FillAsync(content, cancellationToken);
        await body._ready.Task.ConfigureAwait(false);
        return body;
    }

    /// <summary>
    /// Waits for what follows the part that the parser wanted, so that the connection can serve the next call; more than a window of it is not
    /// waited for. What becomes of it does not matter.
    /// </summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _isDropped = true;
            ReleasePieces();
        }

        return _filling;
    }

    /// <summary>Opens a response's content.</summary>
    public static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken) =>
#if NET
        content.ReadAsStreamAsync(cancellationToken);
#else
        content.ReadAsStreamAsync();
#endif

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_offset == _end && !TakePiece())
        {
            return 0;
        }

        int copied = Math.Min(count, _end - _offset);
        Buffer.BlockCopy(_current, _offset, buffer, offset, copied);
        _offset += copied;
        return copied;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isClosed = true;
            ReleasePieces();
        }

        ReleaseCurrent();
        base.Dispose(disposing);
    }

#if NET
    private static ValueTask<int> ReadAsync(Stream source, byte[] piece, int filled, CancellationToken cancellationToken) =>
        source.ReadAsync(piece.AsMemory(filled), cancellationToken);
#else
    private static Task<int> ReadAsync(Stream source, byte[] piece, int filled, CancellationToken cancellationToken) =>
        source.ReadAsync(piece, filled, piece.Length - filled, cancellationToken);
#endif

    /// <summary>Reads the content to its end, as fast as the parser takes it.</summary>
    private async Task FillAsync(HttpContent content, CancellationToken cancellationToken)
    {
        byte[]? piece = null;
        try
        {
            using Stream source = await OpenAsync(content, cancellationToken).ConfigureAwait(false);
            bool isAtEnd = false;
            while (!isAtEnd)
            {
                piece = ArrayPool<byte>.Shared.Rent(PieceSize);
                int filled = 0;
                while (filled < piece.Length && !isAtEnd)
                {
                    int count = await ReadAsync(source, piece, filled, cancellationToken).ConfigureAwait(false);
                    isAtEnd = count == 0;
                    filled += count;
                }

                Task space = Hand(ref piece, filled, isAtEnd);
                await space.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Finish(e);
        }
        finally
        {
            if (piece is not null)
            {
                ArrayPool<byte>.Shared.Return(piece);
            }
        }
    }

    /// <summary>Gives a piece to the parser; the task ends when there is room for another.</summary>
    private Task Hand(ref byte[]? piece, int filled, bool isLast)
    {
        lock (_gate)
        {
            if (_isClosed || (_isDropped && ++_dropped > Window))
            {
                throw new OperationCanceledException("nobody reads on");
            }

            if (_isDropped)
            {
                ArrayPool<byte>.Shared.Return(piece!);
                piece = null;
                return Task.CompletedTask;
            }

            _pieces.Enqueue((piece!, filled));
            piece = null;
            _isComplete = isLast;
            Monitor.PulseAll(_gate);
            if (_isComplete || _pieces.Count >= Window)
            {
                _ready.TrySetResult(true);
            }

            if (_isComplete || _pieces.Count < Window)
            {
                return Task.CompletedTask;
            }

            _space = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _space.Task;
        }
    }

    private void Finish(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _isComplete = true;
            Monitor.PulseAll(_gate);
            _ready.TrySetResult(true);
        }
    }

    /// <summary>Waits for the next piece; false at the end.</summary>
    private bool TakePiece()
    {
        ReleaseCurrent();
        lock (_gate)
        {
            while (_pieces.Count == 0 && !_isComplete)
            {
                Monitor.Wait(_gate);
            }

            if (_pieces.Count == 0)
            {
                if (_failure is not null)
                {
                    ExceptionDispatchInfo.Capture(_failure).Throw();
                }

                return false;
            }

            (_current, _end) = _pieces.Dequeue();
            if (_pieces.Count < Window / 2)
            {
                _space?.TrySetResult(true);
                _space = null;
            }
        }

        return _end > 0;
    }

    /// <summary>Called with the lock held.</summary>
    private void ReleasePieces()
    {
        while (_pieces.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(_pieces.Dequeue().Bytes);
        }

        _space?.TrySetResult(true);
        _space = null;
    }

    private void ReleaseCurrent()
    {
        byte[] current = _current;
        _current = [];
        _offset = _end = 0;
        if (current.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(current);
        }
    }
}
