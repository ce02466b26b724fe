using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Diagnostics;

/// <summary>The lab's own log: what its parts log, and what happened. The newest lines are kept; lines keep their numbers.</summary>
internal sealed class LabLog
{
    private const int Kept = 10_000;
    private const int LineLimit = 4096;

    private readonly Lock gate = new();
    private readonly Queue<Line> lines = new();
    private int lastNumber;

    /// <summary>Adds a line.</summary>
    /// <param name="level">Such as <c>warning</c>.</param>
    /// <param name="source">What part logs it.</param>
    /// <param name="text">What it says; of several lines the first.</param>
    /// <param name="host">The host that it is about.</param>
    public void Add(string level, string source, string text, ManagedObjectReference? host = null)
    {
        var first = text.AsSpan();
        first = first[..Math.Min(LineLimit, first.IndexOfAny('\r', '\n') is var end and >= 0 ? end : first.Length)];
        lock (gate)
        {
            lines.Enqueue(new Line(++lastNumber, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:O} {level} [{source}] {first}"), host));
            if (lines.Count > Kept)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>The lines of the service, or those about one host; oldest first.</summary>
    public IReadOnlyList<Line> Read(ManagedObjectReference? host)
    {
        lock (gate)
        {
            return [.. lines.Where(line => host is null || line.Host == host)];
        }
    }

    internal sealed record Line(int Number, string Text, ManagedObjectReference? Host);
}
