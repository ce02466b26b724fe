namespace Vic.Endpoint.Hosting;

/// <summary>How much is logged. The level is in the configuration, which is read when the log is in use already.</summary>
internal sealed class LogDetail
{
    private volatile bool _isDebug;

    /// <summary>Logs details from now on when the level is above 0.</summary>
    public void Set(int debugLevel) => _isDebug = debugLevel > 0;

    /// <summary>Whether a message of a level is written.</summary>
    public bool Includes(LogLevel level) => level >= (_isDebug ? LogLevel.Debug : LogLevel.Information);
}
