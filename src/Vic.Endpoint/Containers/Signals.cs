using System.Globalization;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Containers;

/// <summary>Linux signals by name and number (signal(7), x86-64).</summary>
public static class Signals
{
    /// <summary>Ends a process without its say.</summary>
    public const int Kill = 9;

    /// <summary>Asks a process to end.</summary>
    public const int Terminate = 15;

    private const int Highest = 64;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Reads <c>SIGTERM</c>, <c>term</c>, <c>15</c> or <c>RTMIN+3</c>.</summary>
    public static int Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Highest)
        {
            return number;
        }

        var name = text.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : name;
        var known = name switch
        {
            "" => -1,
            "CLD" => 17,
            "POLL" => 29,
            "IOT" => 6,
            _ => Array.IndexOf(Names, name),
        };
        if (known > 0)
        {
            return known;
        }

        return RealTime(name) ?? throw EngineException.InvalidParameter($"Invalid signal: {text}");
    }

    /// <summary>The name without SIG; the number for a real-time signal.</summary>
    public static string NameOf(int signal) =>
        signal > 0 && signal < Names.Length ? Names[signal] : signal.ToString(CultureInfo.InvariantCulture);

    /// <summary>glibc keeps the first two real-time signals: RTMIN is 34.</summary>
    private static int? RealTime(string name)
    {
        var (start, sign) = name.StartsWith("RTMIN", StringComparison.Ordinal) ? (34, '+')
            : name.StartsWith("RTMAX", StringComparison.Ordinal) ? (64, '-') : (0, ' ');
        if (start == 0)
        {
            return null;
        }

        if (name.Length == 5)
        {
            return start;
        }

        return name[5] == sign && int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= 30
            ? (sign == '+' ? start + offset : start - offset)
            : null;
    }
}
