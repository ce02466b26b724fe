namespace Vic.Lab.Tests.Networks;

/// <summary>Gives out a few bytes at a time, as a socket may.</summary>
internal sealed class ChoppedStream(byte[] content, int piece) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
