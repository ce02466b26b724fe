namespace Vic.Lab.Api.Datastores;

/// <summary>
/// A file as long as it was when it was opened. A machine's log grows while it is read, and an answer that has told its length must not become longer.
/// </summary>
internal sealed class FileAsItWas(FileStream file) : Stream
{
    private readonly long _length = file.Length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        file.ReadAsync(buffer[..Allowed(buffer.Length)], cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, Allowed(count));

    public override long Seek(long offset, SeekOrigin origin) =>
        file.Seek(origin == SeekOrigin.End ? _length + offset : offset, origin == SeekOrigin.End ? SeekOrigin.Begin : origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Allowed(int count) => (int)Math.Clamp(_length - file.Position, 0, count);
}
