using System.Globalization;
using System.Text;

namespace Vic.Endpoint.Syslog;

/// <summary>Writes lines as syslog messages (RFC 5424).</summary>
/// <param name="host">The name of this machine.</param>
internal sealed class SyslogFormat(string host)
{
    private const string Application = "vic-endpoint";

    /// <summary>Facility 3, system daemons (RFC 5424, 6.2.1).</summary>
    private const int Daemon = 3;

    /// <summary>The longest HOSTNAME (RFC 5424, 6).</summary>
    private const int LongestHost = 255;

    private readonly string _host = Name(host);
    private readonly string _process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A message of one line; what is longer than a server must take is cut off.</summary>
    /// <param name="line">The line.</param>
    /// <param name="limit">The longest message, in bytes.</param>
    public ReadOnlyMemory<byte> Write(LogLine line, int limit)
    {
        var priority = Daemon * 8 + Severity(line.Level);
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"<{priority}>1 {line.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ} {_host} {Application} {_process} - - {line.Category}: {line.Text}");
        return Cut(Encoding.UTF8.GetBytes(OnOneLine(message)), limit);
    }

    // RFC 5424, 6.2.1.
    private static int Severity(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    // A server that writes messages line by line must not take the second line of one for a message that somebody else has sent.
    private static string OnOneLine(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private static ReadOnlyMemory<byte> Cut(byte[] message, int limit)
    {
        if (message.Length <= limit)
        {
            return message;
        }

        // Not in the middle of a character: its further bytes are 10xxxxxx.
        while ((message[limit] & 0b1100_0000) == 0b1000_0000)
        {
            limit--;
        }

        return message.AsMemory(0, limit);
    }

    private static string Name(string host)
    {
        var name = string.Concat(host.Where(letter => letter is > ' ' and <= '~').Take(LongestHost));
        return name.Length > 0 ? name : "-";
    }
}
