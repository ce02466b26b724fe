using System.Threading.Channels;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>Brings what happens at once in many layers into one line of messages. A client that reads slowly does not slow the pull down.</summary>
internal sealed class PullReport : IAsyncDisposable
{
    private const int Capacity = 4096;

    private readonly Channel<Line> _lines = Channel.CreateBounded<Line>(new BoundedChannelOptions(Capacity)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.DropOldest,
    });

    private readonly Task _pump;

    public PullReport(IPullProgress progress, CancellationToken cancellationToken) => _pump = PumpAsync(progress, cancellationToken);

    private sealed record Line(string Status, string? Id, (long Current, long Total)? Progress);

    /// <summary>A line about the whole pull.</summary>
    public void Say(string status, string? id = null) => _lines.Writer.TryWrite(new Line(status, id, null));

    /// <summary>A step of one layer.</summary>
    public void Layer(string status, string id, long current, long total) => _lines.Writer.TryWrite(new Line(status, id, (current, total)));

    /// <summary>Waits until everything was handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PumpAsync(IPullProgress progress, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (line.Progress is var (current, total))
            {
                await progress.ReportAsync(line.Status, line.Id!, current, total, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await progress.ReportAsync(line.Status, line.Id, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
