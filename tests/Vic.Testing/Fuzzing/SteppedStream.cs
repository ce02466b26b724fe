namespace Vic.Testing.Fuzzing;

/// <summary>
/// A message as it comes from a network: cut into pieces of all lengths. A reader that asks far more often than there are bytes makes no progress; that is
/// a hang, found by counting, not by a clock. What is written to it goes nowhere.
/// </summary>
public sealed class SteppedStream : Stream
{
    private const int IdleReads = 16;

    private readonly byte[] _bytes;
    private FuzzRandom _random;
    private int _position;
    private int _idle;

    public SteppedStream(byte[] bytes)
    {
        _bytes = bytes;
        _random = new FuzzRandom((ulong)bytes.Length);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(Math.Min(buffer.Length, _bytes.Length - _position), 1 + _random.SmallBelow(4096));
        if (count == 0 && ++_idle > IdleReads)
        {
            throw new InvalidOperationException("The reader goes on asking after the end: it hangs.");
        }

        _bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
