using System.Globalization;
using System.Net;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc.Vix;

/// <summary>
/// The process list of a VIX answer: a run of <c>&lt;proc&gt;</c> elements without a root (open-vm-tools, services/plugins/vix/vixTools.c). A long list comes
/// in parts, each with the key of the list and the number of bytes that are left.
/// </summary>
internal static class VixProcessList
{
    /// <summary>The key and the bytes left of a list that comes in parts; null when this part is the last.</summary>
    public static (uint Key, int Left)? ReadContinuation(string text) =>
        uint.TryParse(Element(text, "key"), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
        && int.TryParse(Element(text, "leftToSend"), NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        && left > 0
            ? (key, left)
            : null;

    /// <summary>The text of a part without what <see cref="ReadContinuation"/> reads.</summary>
    public static string StripContinuation(string text)
    {
        const string last = "</leftToSend>";
        var end = text.IndexOf(last, StringComparison.Ordinal);
        return end < 0 ? text : text[(end + last.Length)..];
    }

    /// <summary>Reads the processes; elements that make no sense are left out.</summary>
    public static IReadOnlyList<GuestProcess> Parse(string text)
    {
        const string open = "<proc>";
        const string close = "</proc>";
        var processes = new List<GuestProcess>();
        for (var position = 0; ;)
        {
            var start = text.IndexOf(open, position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(close, start, StringComparison.Ordinal);
            if (end < 0)
            {
                return processes;
            }

            if (ParseProcess(text[(start + open.Length)..end]) is { } process)
            {
                processes.Add(process);
            }

            position = end + close.Length;
        }
    }

    private static GuestProcess? ParseProcess(string element)
    {
        if (!long.TryParse(Element(element, "pid"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var ended = Number(element, "eTime");
        return new GuestProcess(
            id,
            Content(element, "name"),
            Content(element, "user"),
            Content(element, "cmd"),
            DateTimeOffset.FromUnixTimeSeconds(Number(element, "start")),
            ended == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(ended),
            ended == 0 ? null : unchecked((int)Number(element, "eCode")));
    }

    private static string? Element(string text, string name)
    {
        var start = text.IndexOf($"<{name}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 2;
        var end = text.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end < 0 ? null : text[start..end];
    }

    private static string Content(string element, string name) => WebUtility.HtmlDecode(Element(element, name) ?? "");

    private static long Number(string element, string name) =>
        long.TryParse(Element(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) <= uint.MaxValue
            ? value
            : 0;
}
