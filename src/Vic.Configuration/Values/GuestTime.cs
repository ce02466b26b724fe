using System.Globalization;

namespace Vic.Configuration;

/// <summary>A point in time to the nanosecond, written as Go prints one: <c>2017-07-14 02:40:00.000000005 +0000 UTC</c>.</summary>
public sealed class GuestTime
{
    private const int TextLengthOfSeconds = 19;

    private readonly string zone;
    private readonly int nanoseconds;

    private GuestTime(DateTimeOffset value, int nanoseconds, string zone)
    {
        Value = value;
        this.nanoseconds = nanoseconds;
        this.zone = zone;
    }

    /// <summary>The time to 100 nanoseconds.</summary>
    public DateTimeOffset Value { get; }

    /// <summary>A time in UTC.</summary>
    public static GuestTime From(DateTimeOffset value)
    {
        var utc = value.ToUniversalTime();
        return new GuestTime(utc, (int)(utc.Ticks % TimeSpan.TicksPerSecond) * 100, "+0000 UTC");
    }

    /// <summary>Reads the text form; a monotonic clock reading that Go may append is ignored.</summary>
    public static bool TryParse(string text, out GuestTime? time)
    {
        time = null;
        if (text.Length < TextLengthOfSeconds || !DateTime.TryParseExact(
                text.Substring(0, TextLengthOfSeconds),
                "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var seconds))
        {
            return false;
        }

        var position = TextLengthOfSeconds;
        var nanoseconds = 0;
        if (position < text.Length && text[position] == '.')
        {
            var unit = 100_000_000;
            for (position++; position < text.Length && text[position] is >= '0' and <= '9'; position++, unit /= 10)
                nanoseconds += (text[position] - '0') * unit;
        }

        if (position + 6 > text.Length || text[position] != ' ' || !TryParseOffset(text.Substring(position + 1, 5), out var offset))
            return false;
        var monotonic = text.IndexOf(" m=", StringComparison.Ordinal);
        var zone = text.Substring(position + 1, (monotonic < 0 ? text.Length : monotonic) - position - 1);
        var ticks = seconds.Ticks + (nanoseconds / 100);
        if (ticks - offset.Ticks < DateTime.MinValue.Ticks || ticks - offset.Ticks > DateTime.MaxValue.Ticks)
            return false;
        time = new GuestTime(new DateTimeOffset(ticks, offset), nanoseconds, zone);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var seconds = Value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return seconds + fraction + " " + zone;
    }

    private static bool TryParseOffset(string text, out TimeSpan offset)
    {
        offset = default;
        if (text[0] is not ('+' or '-')
            || !int.TryParse(text.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
        {
            return false;
        }

        var minutes = (digits / 100 * 60) + (digits % 100);
        if (minutes > 14 * 60)
            return false;
        offset = TimeSpan.FromMinutes(text[0] == '-' ? -minutes : minutes);
        return true;
    }
}
