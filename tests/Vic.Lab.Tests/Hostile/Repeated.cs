namespace Vic.Lab.Tests.Hostile;

/// <summary>The same byte so many times.</summary>
internal sealed class Repeated(byte value, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => length < long.MaxValue;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Min(count, length - _position);
        buffer.AsSpan(offset, taken).Fill(value);
        _position += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
