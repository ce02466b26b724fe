namespace Vic.Lab.Diagnostics;

/// <summary>Keeps what the lab's parts log, for clients that read its log.</summary>
internal sealed class LabLogProvider(LabLog log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(log, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    private sealed class Logger(LabLog log, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? string.Empty : $" {exception.GetType().Name}: {exception.Message}";
                log.Add(logLevel == LogLevel.Warning ? "warning" : "error", source, formatter(state, exception) + cause);
            }
        }
    }
}
