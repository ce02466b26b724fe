namespace Vic.Lab.Disks;

/// <summary>Writes to a file that is one among many on a datastore: it ends where there is no room left, or where it is cut on purpose.</summary>
internal sealed class BoundedFileStream(Stream target, string path, long room, long? cut) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _written; set => throw new NotSupportedException(); }

    /// <exception cref="DatastoreFullException">The datastore is full.</exception>
    /// <exception cref="WriteCutException">The write is cut here.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var allowed = (int)Math.Min(buffer.Length, Math.Min(room, cut ?? long.MaxValue) - _written);
        await target.WriteAsync(buffer[..allowed], cancellationToken).ConfigureAwait(false);
        _written += allowed;
        if (allowed < buffer.Length)
        {
            throw _written == cut ? new WriteCutException(path, _written) : new DatastoreFullException(path, _written + buffer.Length - allowed);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
