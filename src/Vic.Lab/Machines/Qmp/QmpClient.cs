using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vic.Lab.Machines.Qmp;

/// <summary>
/// A client of the QEMU Machine Protocol (QEMU documentation, "QMP Protocol Specification"): JSON objects, one a line; commands carry an id,
/// events come in between.
/// </summary>
internal sealed class QmpClient : IAsyncDisposable
{
    private const int MaximumLineLength = 4 * 1024 * 1024;
    private readonly Stream _stream;
    private readonly LineReader _reader;
    private readonly Action<QmpEvent> _onEvent;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private long _lastId;

    private QmpClient(Stream stream, Action<QmpEvent> onEvent)
    {
        _stream = stream;
        _reader = new LineReader(stream, MaximumLineLength);
        _onEvent = onEvent;
    }

    /// <summary>Completes when the connection has ended, for whatever reason.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Greets QEMU over a connected stream, which the client then owns.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="onEvent">Is called for each event, one after the other; it must not wait for a command of this client.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<QmpClient> ConnectAsync(Stream stream, Action<QmpEvent> onEvent, CancellationToken cancellationToken)
    {
        var client = new QmpClient(stream, onEvent);
        try
        {
            var greeting = await client._reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new QmpException(QmpException.ConnectionLost, "QEMU closed the connection instead of greeting");
            using var document = JsonDocument.Parse(greeting);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("QMP", out _))
            {
                throw new QmpException("Protocol", "this is not a QMP greeting");
            }

            client._reading = client.ReadLoopAsync();
            await client.ExecuteAsync("qmp_capabilities", null, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (JsonException exception)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw new QmpException("Protocol", "this is not a QMP greeting", exception);
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Executes a command and returns what QEMU answers.</summary>
    /// <exception cref="QmpException">QEMU refuses, or the connection is gone.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        try
        {
            if (_closed.Task.IsCompleted)
            {
                throw Lost();
            }

            var request = new JsonObject { ["execute"] = command, ["id"] = id };
            if (arguments is not null)
            {
                request["arguments"] = arguments;
            }

            await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Runs a line of the human monitor, and returns what it prints.</summary>
    public async Task<string> RunMonitorLineAsync(string line, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject { ["command-line"] = line };
        var printed = await ExecuteAsync("human-monitor-command", arguments, cancellationToken).ConfigureAwait(false);
        return printed.ValueKind == JsonValueKind.String ? printed.GetString()!.Trim() : "";
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _closed.TrySetResult();
        _closing.Dispose();
        _writing.Dispose();
    }

    private static QmpException Lost() => new(QmpException.ConnectionLost, "the connection to QEMU is gone");

    private async Task SendAsync(JsonObject request, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(line, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            throw Lost();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadLoopAsync()
    {
        try
        {
            while (await _reader.ReadAsync(_closing.Token).ConfigureAwait(false) is { } line)
            {
                if (!line.Span.Trim((byte)'\r').IsEmpty)
                {
                    using var document = JsonDocument.Parse(line);
                    Dispatch(document.RootElement);
                }
            }
        }
        catch (Exception exception) when (
            exception is IOException or ObjectDisposedException or OperationCanceledException or JsonException or InvalidDataException)
        {
            // Whatever broke the connection, the consequence is the same: it is closed, and the machine's process is looked at.
        }

        _closed.TrySetResult();
        foreach (var answer in _pending.Values)
        {
            answer.TrySetException(Lost());
        }
    }

    private void Dispatch(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (message.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String)
        {
            message.TryGetProperty("data", out var data);
            _onEvent(new QmpEvent(name.GetString()!, data.ValueKind == JsonValueKind.Undefined ? default : data.Clone()));
            return;
        }

        if (!message.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number)
            || !_pending.TryGetValue(number, out var answer))
        {
            return;
        }

        if (message.TryGetProperty("return", out var result))
        {
            answer.TrySetResult(result.Clone());
        }
        else if (message.TryGetProperty("error", out var error))
        {
            answer.TrySetException(new QmpException(TextOf(error, "class"), TextOf(error, "desc")));
        }
    }

    private static string TextOf(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
