namespace Vic.Vim25.Tests.Hostile;

/// <summary>Gives a few bytes at a time, so that every token crosses the end of what has been read.</summary>
internal sealed class SmallReads(byte[] bytes) : MemoryStream(bytes)
{
    private int _turn;

    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, Length > 10_000 ? count : Math.Min(count, 1 + (_turn++ % 7)));
}
