using System.Globalization;
using System.Net.Sockets;

namespace Vic.Endpoint.Syslog;

/// <summary>
/// Sends the lines of a queue to a log server, in their order, and connects again when the server was away. Nothing that happens to it concerns the rest of
/// the endpoint.
/// </summary>
/// <param name="queue">The lines.</param>
/// <param name="server">Where they go.</param>
/// <param name="host">The name of this machine.</param>
/// <param name="log">Told, once each time, that the server is away and that it is back.</param>
internal sealed partial class SyslogForwarder(LogQueue queue, SyslogServer server, string host, ILogger<SyslogForwarder> log) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastLinesLimit = TimeSpan.FromSeconds(2);

    private readonly SyslogFormat _format = new(host);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private ISyslogConnection? _connection;
    private bool _isAway;

    /// <summary>Begins; what waits in the queue already goes first.</summary>
    public void Start()
    {
        LogForwarding(server);
        _running = RunAsync(_stop.Token);
    }

    /// <summary>Ends the queue, and gives its last lines a moment.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.End();
        await _running.WaitAsync(LastLinesLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _connection?.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in queue.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await SendAsync(line, cancellationToken).ConfigureAwait(false);
                if (queue.TakeDropped() is > 0 and var dropped)
                {
                    await SendAsync(Notice(dropped), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The endpoint ends, and the server is still away.
        }
        catch (Exception failure)
        {
            LogGivenUp(server, failure);
            queue.Discard();
        }
    }

    private async Task SendAsync(LogLine line, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; !await TrySendAsync(line, cancellationToken).ConfigureAwait(false); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TrySendAsync(LogLine line, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await server.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await _connection.SendAsync(_format.Write(line, _connection.LongestMessage), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            _connection?.Dispose();
            _connection = null;
            if (!_isAway)
            {
                _isAway = true;
                LogAway(server, failure.Message);
            }

            return false;
        }

        if (_isAway)
        {
            _isAway = false;
            LogBack(server);
        }

        return true;
    }

    private static LogLine Notice(int dropped) => new(
        DateTimeOffset.UtcNow,
        LogLevel.Warning,
        typeof(SyslogForwarder).FullName!,
        string.Create(CultureInfo.InvariantCulture, $"{dropped} lines before this one were dropped while the log server was away; the endpoint's console has them"));

    [LoggerMessage(LogLevel.Information, "Forwarding the log to {Server}")]
    private partial void LogForwarding(SyslogServer server);

    [LoggerMessage(LogLevel.Warning, "The log server {Server} cannot be reached, trying again: {Reason}")]
    private partial void LogAway(SyslogServer server, string reason);

    [LoggerMessage(LogLevel.Information, "The log server {Server} is back")]
    private partial void LogBack(SyslogServer server);

    [LoggerMessage(LogLevel.Error, "The log is no longer forwarded to {Server}")]
    private partial void LogGivenUp(SyslogServer server, Exception failure);
}
