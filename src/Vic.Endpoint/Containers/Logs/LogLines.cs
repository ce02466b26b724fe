using Vic.Endpoint.Api.Streams;

namespace Vic.Endpoint.Containers.Logs;

/// <summary>Joins pieces of output into lines, one line at a time for each channel.</summary>
internal sealed class LogLines
{
    /// <summary>docker splits longer lines too, in its json-file log.</summary>
    private const int LongestLine = 16 * 1024;

    private readonly Dictionary<OutputChannel, (DateTimeOffset Time, List<byte> Bytes)> _open = [];

    /// <summary>Adds a piece and returns the lines that it completes.</summary>
    public IEnumerable<LogEntry> Add(LogEntry piece)
    {
        var rest = piece.Bytes;
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var take = end < 0 ? rest.Length : end + 1;
            if (!_open.TryGetValue(piece.Channel, out var line))
            {
                line = (piece.Time, []);
                _open[piece.Channel] = line;
            }

            take = Math.Min(take, LongestLine - line.Bytes.Count);
            line.Bytes.AddRange(rest.Span[..take]);
            rest = rest[take..];
            if (line.Bytes[^1] == '\n' || line.Bytes.Count >= LongestLine)
            {
                _open.Remove(piece.Channel);
                yield return new LogEntry(line.Time, piece.Channel, line.Bytes.ToArray());
            }
        }
    }

    /// <summary>The lines that have no end yet.</summary>
    public IEnumerable<LogEntry> Flush()
    {
        var open = _open.Select(line => new LogEntry(line.Value.Time, line.Key, line.Value.Bytes.ToArray())).OrderBy(line => line.Time).ToList();
        _open.Clear();
        return open;
    }
}
