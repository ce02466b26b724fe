using System.Text.Json;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Images;

namespace Vic.Endpoint.Api.Routes;

/// <summary>A pull's progress as lines of JSON; the response starts with the first line, so an early failure can still be a status code.</summary>
internal sealed class PullStream(ApiRequest request) : IPullProgress
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, (string Status, long Time)> _shown = new(StringComparer.Ordinal);
    private Stream? _stream;

    /// <summary>Whether the client has seen anything.</summary>
    public bool HasStarted => _stream is not null;

    public ValueTask ReportAsync(string status, string? id, CancellationToken cancellationToken) =>
        WriteAsync(new PullMessage { Status = status, Id = id, ProgressDetail = id is null ? null : new PullProgressDetail() }, cancellationToken);

    public ValueTask ReportAsync(string status, string id, long current, long total, CancellationToken cancellationToken)
    {
        // A terminal cannot show more, and small reads would fill the connection with progress.
        var now = Environment.TickCount64;
        if (_shown.TryGetValue(id, out var last) && last.Status == status && now - last.Time < Pace.TotalMilliseconds && current != total)
        {
            return ValueTask.CompletedTask;
        }

        _shown[id] = (status, now);
        return WriteAsync(
            new PullMessage { Status = status, Id = id, ProgressDetail = new PullProgressDetail { Current = current, Total = total > 0 ? total : null } },
            cancellationToken);
    }

    /// <summary>Tells the client why the pull ends here.</summary>
    public ValueTask FailAsync(string reason, CancellationToken cancellationToken) =>
        WriteAsync(new PullMessage { Error = reason, ErrorDetail = new PullErrorDetail { Message = reason } }, cancellationToken);

    private async ValueTask WriteAsync(PullMessage message, CancellationToken cancellationToken)
    {
        _stream ??= await request.StartStreamAsync("application/json").ConfigureAwait(false);
        var line = JsonSerializer.SerializeToUtf8Bytes(message, EngineJson.Wire.PullMessage);
        await _stream.WriteAsync((byte[])[.. line, (byte)'\r', (byte)'\n'], cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
