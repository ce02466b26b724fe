using System.Threading.Channels;
using Vic.Configuration;

namespace Vic.Guest.Logs;

/// <summary>Writes output to the log's serial port in the background, from a spool of bounded size.</summary>
public sealed class OutputLog : IOutputSink
{
    // Four megabytes of full entries.
    private const int SpooledEntries = 1024;

    private readonly Channel<byte[]> _spool = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(SpooledEntries) { SingleReader = true });
    private readonly Task _writing;

    /// <summary>Starts to write to the port.</summary>
    public OutputLog(Stream port) => _writing = RunAsync(port);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(OutputStreamKind stream, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        while (!content.IsEmpty)
        {
            var part = content[..Math.Min(content.Length, OutputLogFormat.MaximumContent)];
            var entry = OutputLogFormat.Encode(DateTimeOffset.UtcNow, stream, part.Span);
            await _spool.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
            content = content[part.Length..];
        }
    }

    /// <summary>Completes when everything is written.</summary>
    public Task DrainAsync()
    {
        _spool.Writer.TryComplete();
        return _writing;
    }

    private async Task RunAsync(Stream port)
    {
        try
        {
            await foreach (var entry in _spool.Reader.ReadAllAsync().ConfigureAwait(false))
                await port.WriteAsync(entry).ConfigureAwait(false);
            await port.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A log that cannot be written must not stop the container.
            await foreach (var _ in _spool.Reader.ReadAllAsync().ConfigureAwait(false))
            {
            }
        }
    }
}
