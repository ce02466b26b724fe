namespace Vic.Guest.Sessions;

/// <summary>
/// A byte stream with what a session needs to know of it. Bytes that were read and not used stay for the next attempt, so one transport
/// object belongs to one stream for all of its life.
/// </summary>
public sealed class SessionTransport : IAsyncDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly byte[] buffer = new byte[BufferLength];
    private int start;
    private int end;
    private Task<int>? pendingRead;

    /// <summary>Creates the transport; it owns the stream.</summary>
    public SessionTransport(Stream stream, LinkProfile profile)
    {
        Stream = stream;
        Profile = profile;
    }

    /// <summary>What the transport carries well.</summary>
    public LinkProfile Profile { get; }

    internal Stream Stream { get; }

    /// <summary>Whether the stream has given its last byte.</summary>
    internal bool IsEnded { get; private set; }

    internal byte[] Buffer => buffer;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    /// <summary>
    /// Waits until so many bytes are there, which then lie in <see cref="Buffer"/> from the position given back; -1 at the end of the stream.
    /// A cancelled wait loses nothing: the read goes on, and the next wait takes it over.
    /// </summary>
    internal async ValueTask<int> WaitAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count)
        {
            if (pendingRead is null)
            {
                if (start > 0 && (start == end || buffer.Length - start < count))
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    end -= start;
                    start = 0;
                }

                pendingRead = Stream.ReadAsync(buffer, end, buffer.Length - end, CancellationToken.None);
            }

            var got = 0;
            try
            {
                got = await pendingRead.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // A connection that was reset is one that has ended.
            }

            pendingRead = null;
            if (got <= 0)
            {
                IsEnded = true;
                return -1;
            }

            end += got;
        }

        return start;
    }

    internal void Advance(int count) => start += count;
}
