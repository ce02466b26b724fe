using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Vspc;

namespace Vic.Endpoint.Sessions;

/// <summary>The doors by which tethers come in: TCP on the bridge network, and the hosts' serial ports on the management network.</summary>
internal sealed partial class SessionPorts : IDisposable
{
    /// <summary>The port for tethers on the bridge network.</summary>
    public const int NetworkPort = 2379;

    /// <summary>The port for hosts that bring the serial ports of their VMs.</summary>
    public const int SerialPort = 2377;

    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SessionListener _sessions;
    private readonly ILogger<SessionPorts> _log;

    /// <summary>Makes the doors of the containers that a directory knows.</summary>
    public SessionPorts(ISessionDirectory directory, ILogger<SessionPorts> log)
    {
        _log = log;
        _sessions = new SessionListener(directory) { StreamEnded = error => LogStreamEnded(error.Message) };
    }

    /// <summary>Takes tethers that connect over the network.</summary>
    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public void OpenNetwork(IPEndPoint address)
    {
        var listener = Listen(address);
        _ = ObserveAsync(_sessions.AcceptAsync(listener, _stop.Token));
    }

    /// <summary>Takes hosts that connect on behalf of serial ports.</summary>
    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public void OpenSerial(IPEndPoint address)
    {
        var server = new VspcServer((_, stream) => ServeSerial(stream));
        var listener = Listen(address);
        _ = ObserveAsync(server.AcceptAsync(listener, _stop.Token));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listeners.ForEach(listener => listener.Dispose());
        _stop.Dispose();
    }

    private void ServeSerial(Stream stream) => _ = ObserveAsync(_sessions.ServeAsync(stream, LinkProfile.Serial, _stop.Token));

    private TcpListener Listen(IPEndPoint address)
    {
        var listener = new TcpListener(address);
        listener.Start();
        _listeners.Add(listener);
        LogListening(address);
        return listener;
    }

    private async Task ObserveAsync(Task serving)
    {
        try
        {
            await serving.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogDoorFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "Listening for containers' sessions on {Address}")]
    private partial void LogListening(IPEndPoint address);

    [LoggerMessage(LogLevel.Information, "A session's stream ended: {Reason}")]
    private partial void LogStreamEnded(string reason);

    [LoggerMessage(LogLevel.Error, "A door for sessions failed")]
    private partial void LogDoorFailed(Exception failure);
}
