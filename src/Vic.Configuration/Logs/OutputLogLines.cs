namespace Vic.Configuration;

/// <summary>Joins pieces of output into lines, one line at a time for each stream. Lines keep their ends.</summary>
public sealed class OutputLogLines
{
    /// <summary>docker splits longer lines too, in its json-file log.</summary>
    private const int LongestLine = 16 * 1024;

    private readonly Dictionary<OutputStreamKind, (DateTimeOffset Time, List<byte> Bytes)> open = [];

    /// <summary>Adds a piece and returns the lines that it completes.</summary>
    public IEnumerable<OutputLogEntry> Add(OutputLogEntry piece)
    {
        var start = 0;
        while (start < piece.Content.Length)
        {
            if (!open.TryGetValue(piece.Stream, out var line))
            {
                line = (piece.Time, []);
                open[piece.Stream] = line;
            }

            var newline = Array.IndexOf(piece.Content, (byte)'\n', start);
            var length = Math.Min((newline < 0 ? piece.Content.Length : newline + 1) - start, LongestLine - line.Bytes.Count);
            line.Bytes.AddRange(new ArraySegment<byte>(piece.Content, start, length));
            start += length;
            if (line.Bytes[line.Bytes.Count - 1] == '\n' || line.Bytes.Count >= LongestLine)
            {
                open.Remove(piece.Stream);
                yield return new OutputLogEntry(line.Time, piece.Stream, line.Bytes.ToArray());
            }
        }
    }

    /// <summary>The lines that have no end yet.</summary>
    public IReadOnlyList<OutputLogEntry> Flush()
    {
        var lines = open.Select(line => new OutputLogEntry(line.Value.Time, line.Key, line.Value.Bytes.ToArray())).OrderBy(line => line.Time).ToList();
        open.Clear();
        return lines;
    }
}
