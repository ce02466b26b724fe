using Vic.Endpoint.Images;

namespace Vic.Endpoint.Tests.Images;

internal sealed class RecordedProgress(Action<string>? hear = null) : IPullProgress
{
    public List<string> Lines { get; } = [];

    public ValueTask ReportAsync(string status, string? id, CancellationToken cancellationToken) => Add(id is null ? status : $"{id}: {status}");

    public ValueTask ReportAsync(string status, string id, long current, long total, CancellationToken cancellationToken) => Add($"{id}: {status}");

    private ValueTask Add(string line)
    {
        Lines.Add(line);
        hear?.Invoke(line);
        return ValueTask.CompletedTask;
    }
}
