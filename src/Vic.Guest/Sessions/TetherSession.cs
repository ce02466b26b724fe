using Vic.Guest.Processes;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>
/// The guest's side of a session: starts processes when the endpoint asks, sends their output and takes their input. It lives as long as
/// the virtual machine runs; connections come and go (<see cref="SessionConnector"/>).
/// </summary>
public sealed class TetherSession : ISessionRole, IAsyncDisposable
{
    private const int ReadLength = 16 * 1024;
    private const int MaximumFailureText = 512;

    private readonly SessionExchange exchange;
    private readonly ISessionHost host;
    private readonly TetherSessionOptions options;
    private readonly Dictionary<uint, TetherTask> tasks = [];
    private readonly CancellationTokenSource lifetime = new();
    private readonly CancellationToken stopped;
    private readonly AsyncSignal progress = new();
    private readonly TaskCompletionSource<ProcessExit> mainExited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TetherTask main;

    /// <summary>Creates the session.</summary>
    /// <param name="containerId">The container's id, 64 hex digits.</param>
    /// <param name="key">The container's session key, 32 bytes.</param>
    /// <param name="host">Starts processes.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    public TetherSession(string containerId, byte[] key, ISessionHost host, TetherSessionOptions? options = null)
    {
        ContainerId = containerId;
        Key = key;
        exchange = new SessionExchange(this);
        this.host = host;
        stopped = lifetime.Token;
        this.options = options ?? new TetherSessionOptions();
        main = AddTask(0, "");
    }

    /// <summary>The container's id.</summary>
    public string ContainerId { get; }

    /// <summary>How the main process ended; faulted with <see cref="LaunchException"/> when it could not be started.</summary>
    public Task<ProcessExit> MainExited => mainExited.Task;

    /// <summary>Whether a connection is there and both sides have agreed where to go on.</summary>
    public bool IsConnected => exchange.IsConnected;

    /// <summary>A sign of life is asked for after so much silence; three times as much ends the connection.</summary>
    public TimeSpan KeepAlive
    {
        get => exchange.KeepAlive;
        init => exchange.KeepAlive = value;
    }

    internal byte[] Key { get; }

    /// <summary>Connections that came so far that both sides had agreed where to go on, and have ended since.</summary>
    internal int Agreements => exchange.Agreements;

    bool ISessionRole.WaitsForPeer => false;

    /// <summary>Starts the main process without waiting for the endpoint; does nothing when it was started before.</summary>
    public void StartMain()
    {
        lock (exchange.Gate)
            Start(main, request: null);
    }

    /// <summary>
    /// Waits until the endpoint has consumed all output and heard how every process ended. False when the time is over, or when there has
    /// been no endpoint for longer than <see cref="TetherSessionOptions.OutputGrace"/>.
    /// </summary>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var until = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            lock (exchange.Gate)
            {
                if (IsDrained())
                    return true;
                if (exchange.DisconnectedFor > options.OutputGrace || Environment.TickCount64 >= until)
                    return false;
            }

            await progress.WaitAsync(TimeSpan.FromMilliseconds(200), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops reading from and writing to processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync().ConfigureAwait(false);
        lifetime.Dispose();
    }

    /// <summary>Goes on over a connection until that ends.</summary>
    internal Task RunAsync(SecureChannel channel, CancellationToken cancellationToken) => exchange.RunAsync(channel, cancellationToken);

    void ISessionRole.OnPeerReplaced(bool isFirst)
    {
        exchange.Control.Restart();
        foreach (var task in tasks.Values)
        {
            task.Output.ForgetLimit();
            task.Error.ForgetLimit();
        }
    }

    void ISessionRole.StateTasks(List<byte[]> frames)
    {
        foreach (var task in tasks.Values)
            frames.Add(task.ToFrame());
    }

    void ISessionRole.OnTask(ref WireReader reader) =>
        throw new SessionProtocolException("The endpoint has no tasks to state.");

    void ISessionRole.OnControl(ControlType type, ref WireReader reader)
    {
        switch (type)
        {
            case ControlType.Start:
                Start(main, request: null);
                break;
            case ControlType.Execute:
                OnExecute(ref reader);
                break;
            case ControlType.Resize:
                var resized = reader.UInt32();
                int rows = reader.UInt16(), columns = reader.UInt16();
                if (tasks.TryGetValue(resized, out var terminal))
                    terminal.Process?.Resize(rows, columns);
                break;
            case ControlType.Signal:
                if (tasks.TryGetValue(reader.UInt32(), out var signalled) && !signalled.IsOver)
                    signalled.Process?.Signal(reader.Text());
                break;
            case ControlType.Reload:
                _ = Task.Run(() => host.ReloadAsync(stopped).AsTask());
                break;
            case ControlType.Shutdown:
                var grace = TimeSpan.FromSeconds(reader.UInt32());
                _ = Task.Run(() => host.ShutdownAsync(grace, stopped).AsTask());
                break;
            default:
                throw new SessionProtocolException($"A control message of type {(byte)type} does not belong here.");
        }
    }

    void ISessionRole.OnData(ReceiveStream stream, ReadOnlySpan<byte> data)
    {
        if (!tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            return;
        if (task.IsOver)
        {
            stream.Consume(data.Length);
            return;
        }

        task.PendingInput.Enqueue(data);
        task.InputSignal.Set();
    }

    void ISessionRole.OnEnd(ReceiveStream stream)
    {
        if (tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            task.InputSignal.Set();
    }

    void ISessionRole.OnEndAnnounced(ReceiveStream stream)
    {
    }

    void ISessionRole.OnAcknowledged(SendStream stream)
    {
        progress.Set();
        if (stream.IsDrained && tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            RemoveIfDone(task);
    }

    private TetherTask AddTask(uint id, string label)
    {
        var first = id * TetherTask.StreamsPerTask;
        var task = new TetherTask(
            id,
            label,
            exchange.Streams.AddSending(first + 1, options.OutputCapacity),
            exchange.Streams.AddSending(first + 2, options.OutputCapacity),
            exchange.Streams.AddReceiving(first, TetherTask.InputWindow));
        tasks.Add(id, task);
        return task;
    }

    private bool IsDrained()
    {
        if (!exchange.Control.IsDrained)
            return false;
        foreach (var task in tasks.Values)
        {
            if (!task.IsDrained)
                return false;
        }

        return true;
    }

    private void RemoveIfDone(TetherTask task)
    {
        if (task.IsMain || !task.IsDrained)
            return;
        var first = task.Id * TetherTask.StreamsPerTask;
        exchange.Streams.Remove(first);
        exchange.Streams.Remove(first + 1);
        exchange.Streams.Remove(first + 2);
        tasks.Remove(task.Id);
    }

    private void OnExecute(ref WireReader reader)
    {
        var id = reader.UInt32();
        var request = ReadRequest(ref reader);
        if (id == 0 || id > uint.MaxValue / TetherTask.StreamsPerTask || tasks.ContainsKey(id))
            throw new SessionProtocolException("A process has a number that is taken.");
        if (main.State != TaskState.Running)
            Refuse(AddTask(id, request.Label), LaunchFailure.NotRunning, "The container is not running.");
        else if (tasks.Count > options.MaximumProcesses)
            Refuse(AddTask(id, request.Label), LaunchFailure.Other, "The container has too many processes started by exec.");
        else
            Start(AddTask(id, request.Label), request);
    }

    private static ExecuteRequest ReadRequest(ref WireReader reader)
    {
        var flags = reader.Byte();
        return new ExecuteRequest
        {
            Tty = (flags & 1) != 0,
            OpenStdin = (flags & 2) != 0,
            Privileged = (flags & 4) != 0,
            Rows = reader.UInt16(),
            Columns = reader.UInt16(),
            Label = reader.Text(),
            User = reader.Text(),
            WorkingDirectory = reader.Text(),
            Arguments = reader.Texts(),
            Environment = reader.Texts(),
        };
    }

    private void Start(TetherTask task, ExecuteRequest? request)
    {
        if (task.State != TaskState.Waiting)
            return;
        task.State = TaskState.Starting;
        _ = Task.Run(() => LaunchAsync(task, request));
    }

    private async Task LaunchAsync(TetherTask task, ExecuteRequest? request)
    {
        ISessionProcess process;
        try
        {
            process = request is null
                ? await host.StartMainAsync(stopped).ConfigureAwait(false)
                : await host.ExecuteAsync(request, stopped).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var failure = error as LaunchException ?? new LaunchException(LaunchFailure.Other, error.Message);
            lock (exchange.Gate)
                Refuse(task, failure.Reason, failure.Message);
            if (task.IsMain)
                mainExited.TrySetException(failure);
            return;
        }

        lock (exchange.Gate)
        {
            task.Process = process;
            task.State = TaskState.Running;
            exchange.SendControl(new WireWriter().Byte((byte)ControlType.Started).UInt32(task.Id));
        }

        await RunAsync(task, process).ConfigureAwait(false);
    }

    private void Refuse(TetherTask task, LaunchFailure reason, string text)
    {
        task.State = TaskState.Failed;
        task.Failure = reason;
        task.FailureText = text.Length <= MaximumFailureText ? text : text[..MaximumFailureText];
        task.Output.End();
        task.Error.End();
        exchange.SendControl(new WireWriter().Byte((byte)ControlType.LaunchFailed).UInt32(task.Id).Byte((byte)reason).Text(task.FailureText));
    }

    private async Task RunAsync(TetherTask task, ISessionProcess process)
    {
        using var pumps = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        var input = PumpInputAsync(task, process, pumps.Token);
        var output = Task.WhenAll(
            PumpOutputAsync(task, task.Output, process.StandardOutput, pumps.Token),
            PumpOutputAsync(task, task.Error, process.StandardError, pumps.Token));
        var exit = await process.Exit.ConfigureAwait(false);

        // Output that the process wrote is read to its end, however slow the endpoint; a process that was left behind may hold the pipe
        // open for ever, so only the wait for bytes that may never come is limited.
        while (!output.IsCompleted)
        {
            ulong before = Written(task);
            await Task.WhenAny(output, Task.Delay(options.ExitGrace, pumps.Token)).ConfigureAwait(false);
            if (Written(task) == before && !IsFull(task))
                break;
        }

        await pumps.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(output, input)).ConfigureAwait(false);
        lock (exchange.Gate)
        {
            task.Exit = exit;
            task.State = TaskState.Exited;
            task.Output.End();
            task.Error.End();
            if (task.PendingInput.Count > 0)
            {
                task.Input.Consume(task.PendingInput.Count);
                task.PendingInput.Drop(task.PendingInput.Count);
            }

            exchange.SendControl(new WireWriter().Byte((byte)ControlType.Exited).UInt32(task.Id).UInt32((uint)exit.Code).UInt32((uint)exit.Signal));
        }

        if (task.IsMain)
            mainExited.TrySetResult(exit);
    }

    private ulong Written(TetherTask task)
    {
        lock (exchange.Gate)
            return task.Output.Length + task.Error.Length;
    }

    private bool IsFull(TetherTask task)
    {
        lock (exchange.Gate)
            return task.Output.Room == 0 || task.Error.Room == 0;
    }

    private async Task PumpOutputAsync(TetherTask task, SendStream target, Stream? source, CancellationToken cancellationToken)
    {
        var buffer = new byte[source is null ? 0 : ReadLength];
        try
        {
            while (source is not null)
            {
                var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count <= 0)
                    break;
                await AppendAsync(task, target, buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other end of a terminal or a pipe is gone: that is the end of the output.
        }

        lock (exchange.Gate)
        {
            target.End();
            exchange.Wake();
        }
    }

    private async Task AppendAsync(TetherTask task, SendStream target, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (exchange.Gate)
            {
                data = data[target.Append(data.Span)..];
                if (!data.IsEmpty && task.IsMain && exchange.DisconnectedFor >= options.OutputGrace && exchange.DisconnectedFor > TimeSpan.Zero)
                {
                    target.DropOldest(data.Length);
                    data = data[target.Append(data.Span)..];
                }

                exchange.Wake();
                if (data.IsEmpty)
                    return;
            }

            await target.WaitForRoomAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PumpInputAsync(TetherTask task, ISessionProcess process, CancellationToken cancellationToken)
    {
        var input = process.StandardInput;
        var buffer = new byte[4 * 1024];
        while (true)
        {
            int count;
            lock (exchange.Gate)
            {
                count = Math.Min(task.PendingInput.Count, buffer.Length);
                if (count > 0)
                {
                    task.PendingInput.Peek(0, buffer.AsSpan(0, count));
                    task.PendingInput.Drop(count);
                }
                else if (task.Input.IsEnded)
                {
                    break;
                }
            }

            if (count == 0)
            {
                await task.InputSignal.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                if (input is not null)
                {
                    await input.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                    await input.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The process has closed its input; what clients still send is taken and forgotten, as a pipe's reader would have it.
                input = null;
            }

            lock (exchange.Gate)
            {
                task.Input.Consume(count);
                exchange.Wake();
            }
        }

        if (input is not null)
            await input.DisposeAsync().ConfigureAwait(false);
    }
}
