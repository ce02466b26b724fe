namespace Vic.Guest.Sessions.Wire;

/// <summary>A first-in, first-out buffer of bytes that grows up to a limit and gives memory back when it is empty.</summary>
internal sealed class ByteQueue
{
    private const int SmallestBuffer = 4 * 1024;

    private readonly int capacity;
    private byte[] buffer = [];
    private int head;

    internal ByteQueue(int capacity) => this.capacity = capacity;

    internal int Count { get; private set; }

    internal int Room => capacity - Count;

    /// <summary>Adds as many bytes as there is room for.</summary>
    internal int Enqueue(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, Room);
        if (count == 0)
            return 0;
        Grow(Count + count);
        var tail = (head + Count) % buffer.Length;
        var first = Math.Min(count, buffer.Length - tail);
        data[..first].CopyTo(buffer.AsSpan(tail));
        data[first..count].CopyTo(buffer);
        Count += count;
        return count;
    }

    /// <summary>Copies bytes from a position behind the head.</summary>
    internal void Peek(int position, Span<byte> target)
    {
        var from = (head + position) % buffer.Length;
        var first = Math.Min(target.Length, buffer.Length - from);
        buffer.AsSpan(from, first).CopyTo(target);
        buffer.AsSpan(0, target.Length - first).CopyTo(target[first..]);
    }

    /// <summary>Removes bytes at the head.</summary>
    internal void Drop(int count)
    {
        Count -= count;
        if (Count == 0)
        {
            buffer = [];
            head = 0;
        }
        else
        {
            head = (head + count) % buffer.Length;
        }
    }

    private void Grow(int needed)
    {
        if (needed <= buffer.Length)
            return;
        var length = Math.Max(buffer.Length, SmallestBuffer);
        while (length < needed)
            length *= 2;
        var larger = new byte[Math.Min(length, Math.Max(capacity, needed))];
        if (Count > 0)
            Peek(0, larger.AsSpan(0, Count));
        buffer = larger;
        head = 0;
    }
}
