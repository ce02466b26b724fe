namespace Vic.Guest.Processes;

/// <summary>Signals by name or number, as docker and images write them: <c>SIGTERM</c>, <c>term</c>, <c>15</c>.</summary>
public static class SignalNames
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    // Numbers of signal(7) on x86-64, from 1 on.
    private static readonly string[] Names =
    [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    private const int FirstRealTime = 34;
    private const int LastRealTime = 64;

    /// <summary>The signal's number; null when there is no such signal.</summary>
    public static int? Parse(string text)
    {
        var name = text.Trim();
        if (int.TryParse(name, out var number))
            return number is >= 1 and <= LastRealTime ? number : null;
        if (name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase))
            name = name[3..];
        var index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + 1 : ParseRealTime(name.ToUpperInvariant());
    }

    private static int? ParseRealTime(string name) => name switch
    {
        "RTMIN" => FirstRealTime,
        "RTMAX" => LastRealTime,
        _ when name.StartsWith("RTMIN+", StringComparison.Ordinal) && int.TryParse(name.AsSpan(6), out var above)
            && above is >= 0 and <= LastRealTime - FirstRealTime => FirstRealTime + above,
        _ when name.StartsWith("RTMAX-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(6), out var below)
            && below is >= 0 and <= LastRealTime - FirstRealTime => LastRealTime - below,
        "CLD" => 17,
        "IOT" => 6,
        "POLL" => 29,
        _ => null,
    };
}
