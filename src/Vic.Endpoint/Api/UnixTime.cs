using System.Globalization;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api;

/// <summary>Times in queries: seconds since 1970 with an optional fraction, or RFC 3339.</summary>
internal static class UnixTime
{
    /// <summary>Reads a time; null when the text is empty or 0.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (text.Length == 0 || text == "0")
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) < 100_000_000_000m)
        {
            return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw EngineException.InvalidParameter($"invalid value for a time: \"{text}\"");
    }
}
