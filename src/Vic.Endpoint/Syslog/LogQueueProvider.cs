namespace Vic.Endpoint.Syslog;

/// <summary>Puts what the endpoint logs into a queue, beside what it writes to its console.</summary>
/// <param name="queue">The queue.</param>
internal sealed class LogQueueProvider(LogQueue queue) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new QueueLogger(queue, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The queue belongs to whoever empties it.
    }

    private sealed class QueueLogger(LogQueue queue, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            queue.Add(new LogLine(DateTimeOffset.UtcNow, logLevel, category, exception is null ? text : $"{text} {exception}"));
        }
    }
}
