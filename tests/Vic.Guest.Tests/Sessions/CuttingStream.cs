namespace Vic.Guest.Tests.Sessions;

/// <summary>
/// A stream that dies after a number of bytes have gone through it, in the middle of whatever is being said. As after a reset, everything
/// that was under way and not yet read is lost.
/// </summary>
internal sealed class CuttingStream(Stream inner, long bytes) : MeteredStream(inner, bytes)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        return Take(count) >= 0 ? count : await CutAsync();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var rest = Take(buffer.Length);
        if (rest >= 0)
        {
            await Inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        await Inner.WriteAsync(buffer[..(int)Math.Max(0, buffer.Length + rest)], cancellationToken);
        await CutAsync();
    }

    private async ValueTask<int> CutAsync()
    {
        await Inner.DisposeAsync();
        throw new IOException("The line was cut.");
    }
}
