using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Endpoint.Sessions;

/// <summary>Writes to a process's input as a stream; waits while the process does not read.</summary>
internal sealed class ProcessInput(Task<ContainerTask> process) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var task = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await task.WriteInputAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception end) when (end is SessionLostException or LaunchException)
        {
            throw new IOException(end.Message, end);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
