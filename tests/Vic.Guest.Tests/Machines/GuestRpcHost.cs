using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Vic.Guest.Rpc;

namespace Vic.Guest.Tests.Machines;

/// <summary>The hypervisor's side of guest RPC: a table of values on a unix socket.</summary>
public sealed class GuestRpcHost : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<string, string> _values;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new();
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _commands = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private NetworkStream? _guest;

    public GuestRpcHost(string path, IReadOnlyDictionary<string, string> values)
    {
        _values = new(values);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _serving = ServeAsync();
    }

    public string? this[string key] => _values.GetValueOrDefault(key);

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Waits until the guest sets a value that the condition accepts.</summary>
    public Task<string> WhenSetAsync(string key) =>
        _awaited.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Sends a command and returns the guest's answer.</summary>
    public async Task<string> CommandAsync(string command, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(answer);
        await GuestRpcFraming.WriteAsync(_guest!, GuestRpcChannel.Command, Encoding.UTF8.GetBytes(command), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var socket = await _listener.AcceptAsync(_stop.Token);
            _guest = new NetworkStream(socket);
            while (await GuestRpcFraming.ReadAsync(_guest, _stop.Token) is var (channel, payload))
            {
                var text = Encoding.UTF8.GetString(payload);
                if (channel == GuestRpcChannel.Command && _commands.TryDequeue(out var answer))
                    answer.SetResult(text);
                else
                    await GuestRpcFraming.WriteAsync(_guest, GuestRpcChannel.Request, Encoding.UTF8.GetBytes(Answer(text)), _stop.Token);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The guest or the test has ended.
        }
    }

    private string Answer(string request)
    {
        Requests.Enqueue(request);
        switch (request.Split(' ', 3))
        {
            case ["info-get", var key]:
                return _values.TryGetValue(key, out var value) ? $"1 {value}" : "0 No value found";
            case ["info-set", var key, var text]:
                _values[key] = text;
                if (text.Length > 0)
                    _awaited.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(text);
                return "1 ";
            default:
                return request.StartsWith("SetGuestInfo", StringComparison.Ordinal) ? "1 " : "0 Unknown command";
        }
    }
}
