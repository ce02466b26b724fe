namespace Vic.Endpoint.Hosting;

/// <summary>How much is logged: what an administrator needs until the configuration, which is read after the log has begun, asks for more.</summary>
internal sealed class LogVerbosity
{
    private const string WebServer = "Microsoft";

    private volatile int _debugLevel;

    /// <summary>0 what an administrator needs, 1 every request, 2 and 3 the web server's own steps as well.</summary>
    public int DebugLevel
    {
        get => _debugLevel;
        set => _debugLevel = value;
    }

    /// <summary>Whether a message is written.</summary>
    public bool Allows(string? category, LogLevel level) =>
        level >= (category?.StartsWith(WebServer, StringComparison.Ordinal) == true ? OfWebServer : Own);

    private LogLevel Own => _debugLevel switch
    {
        <= 0 => LogLevel.Information,
        1 => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    private LogLevel OfWebServer => _debugLevel switch
    {
        <= 1 => LogLevel.Warning,
        2 => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
