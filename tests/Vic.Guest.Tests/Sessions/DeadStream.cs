namespace Vic.Guest.Tests.Sessions;

/// <summary>A stream to a machine that loses its power after a number of bytes: nothing is refused, and nothing is answered.</summary>
internal sealed class DeadStream(Stream inner, long bytes) : MeteredStream(inner, bytes)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        await TakeAsync(count, cancellationToken);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await TakeAsync(buffer.Length, cancellationToken);
        await Inner.WriteAsync(buffer, cancellationToken);
    }

    private Task TakeAsync(int count, CancellationToken cancellationToken) =>
        Take(count) >= 0 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellationToken);
}
