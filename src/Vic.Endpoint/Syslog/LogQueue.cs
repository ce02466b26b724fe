using System.Threading.Channels;

namespace Vic.Endpoint.Syslog;

/// <summary>
/// Lines on their way to the log server. Whoever writes never waits: when the server is away for long, the oldest lines are dropped and counted.
/// </summary>
internal sealed class LogQueue
{
    /// <summary>How many lines wait at most: also those from before the configuration is read, when no server is known yet.</summary>
    public const int Capacity = 2048;

    private readonly Channel<LogLine> _lines;
    private int _dropped;

    public LogQueue() => _lines = Channel.CreateBounded<LogLine>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => Interlocked.Increment(ref _dropped));

    /// <summary>Puts a line at the end; after <see cref="End"/> it is ignored.</summary>
    public void Add(LogLine line) => _lines.Writer.TryWrite(line);

    /// <summary>The lines, until the end.</summary>
    public IAsyncEnumerable<LogLine> ReadAllAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAllAsync(cancellationToken);

    /// <summary>How many lines were dropped since this was last asked.</summary>
    public int TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>No line comes any more.</summary>
    public void End() => _lines.Writer.TryComplete();

    /// <summary>No line comes any more, and those that wait are not wanted.</summary>
    public void Discard()
    {
        End();
        while (_lines.Reader.TryRead(out _))
        {
            // Let go.
        }
    }
}
