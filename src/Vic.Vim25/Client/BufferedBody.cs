using System.Buffers;

namespace Vic.Vim25;

/// <summary>
/// A response's body in pooled pieces: filled without blocking a thread, however slowly it comes, then read once by the parser, which
/// hands each piece back as it goes.
/// </summary>
internal sealed class BufferedBody : Stream
{
    private const int PieceSize = 64 * 1024;

    private readonly Queue<(byte[] Bytes, int Count)> _pieces = new();
    private int _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads a response to its end.</summary>
    /// <exception cref="VimProtocolException">It is longer than the limit.</exception>
    public static async Task<BufferedBody> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken)
    {
        using Stream source = await OpenAsync(content, cancellationToken).ConfigureAwait(false);
        var body = new BufferedBody();
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        int filled = 0;
        long total = 0;
        try
        {
            int count;
            while ((count = await ReadAsync(source, piece, filled, cancellationToken).ConfigureAwait(false)) > 0)
            {
                filled += count;
                total += count;
                if (total > limit)
                {
                    throw new VimProtocolException($"the document is longer than {limit} bytes");
                }

                if (filled == piece.Length)
                {
                    body._pieces.Enqueue((piece, filled));
                    piece = ArrayPool<byte>.Shared.Rent(PieceSize);
                    filled = 0;
                }
            }

            body._pieces.Enqueue((piece, filled));
            return body;
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(piece);
            body.Dispose();
            throw;
        }
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
        while (_pieces.Count > 0)
        {
            (byte[] bytes, int length) = _pieces.Peek();
            if (_offset < length)
            {
                int copied = Math.Min(count, length - _offset);
                Buffer.BlockCopy(bytes, _offset, buffer, offset, copied);
                _offset += copied;
                return copied;
            }

            _pieces.Dequeue();
            _offset = 0;
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static Task<int> ReadAsync(Stream source, byte[] piece, int filled, CancellationToken cancellationToken) =>
#if NET
        source.ReadAsync(piece.AsMemory(filled), cancellationToken).AsTask();
#else
        source.ReadAsync(piece, filled, piece.Length - filled, cancellationToken);
#endif

    protected override void Dispose(bool disposing)
    {
        while (_pieces.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(_pieces.Dequeue().Bytes);
        }

        base.Dispose(disposing);
    }
}
