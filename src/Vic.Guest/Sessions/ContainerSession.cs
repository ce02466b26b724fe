using Vic.Guest.Processes;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>
/// The endpoint's side of a session with one run of one container's virtual machine. Create it when the machine is powered on, or when
/// the endpoint itself starts and finds the machine running; connections come and go (<see cref="SessionListener"/>).
/// </summary>
public sealed class ContainerSession : ISessionRole
{
    private const int MaximumTasks = 1024;

    private readonly SessionExchange exchange;
    private readonly Dictionary<uint, ContainerTask> tasks = [];
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionLostException? loss;

    /// <summary>Creates the session.</summary>
    /// <param name="containerId">The container's id, 64 hex digits.</param>
    public ContainerSession(string containerId)
    {
        ContainerId = containerId;
        exchange = new SessionExchange(this);
        Main = new ContainerTask(this, 0, "", 0, 0);
        tasks.Add(0, Main);
    }

    /// <summary>The container's id.</summary>
    public string ContainerId { get; }

    /// <summary>The container's main process.</summary>
    public ContainerTask Main { get; }

    /// <summary>Completes when the guest has connected for the first time; fails with <see cref="SessionLostException"/> when it never will.</summary>
    public Task Connected => connected.Task;

    /// <summary>
    /// Completes when the guest of another run has connected while this session was open: somebody has reset the virtual machine, or switched it off and on
    /// unnoticed. The session is lost then, and the guest asks for a new one.
    /// </summary>
    public Task Replaced => replaced.Task;

    /// <summary>Whether a connection is there and both sides have agreed where to go on.</summary>
    public bool IsConnected => exchange.IsConnected;

    /// <summary>A sign of life is asked for after so much silence; three times as much ends the connection.</summary>
    public TimeSpan KeepAlive
    {
        get => exchange.KeepAlive;
        init => exchange.KeepAlive = value;
    }

    internal Lock Gate => exchange.Gate;

    bool ISessionRole.WaitsForPeer => true;

    /// <summary>Lets the main process run, and waits until it does. The guest need not be connected yet.</summary>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    /// <exception cref="SessionLostException">The virtual machine went away.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Send(new WireWriter().Byte((byte)ControlType.Start));
        return Main.Started.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Runs a further process. The task is there at once, so that its output can be subscribed to before there is any; its
    /// <see cref="ContainerTask.Started"/> tells whether it runs.
    /// </summary>
    public ContainerTask Execute(ExecuteRequest request)
    {
        lock (Gate)
        {
            if (loss is not null)
                throw loss;
            if (tasks.Count >= MaximumTasks)
                throw new InvalidOperationException("The container has too many processes started by exec.");
            var id = NewId();
            var task = new ContainerTask(this, id, request.Label, 0, 0);
            tasks.Add(id, task);
            var flags = (request.Tty ? 1 : 0) | (request.OpenStdin ? 2 : 0) | (request.Privileged ? 4 : 0);
            exchange.SendControl(new WireWriter().Byte((byte)ControlType.Execute).UInt32(id).Byte((byte)flags)
                .UInt16((ushort)request.Rows).UInt16((ushort)request.Columns).Text(request.Label).Text(request.User)
                .Text(request.WorkingDirectory).Texts(request.Arguments).Texts(request.Environment));
            if (!request.OpenStdin)
                task.CloseInput();
            return task;
        }
    }

    /// <summary>A process that this endpoint or an earlier one started, by its label; null when it is gone.</summary>
    public ContainerTask? Find(string label)
    {
        lock (Gate)
        {
            foreach (var task in tasks.Values)
            {
                if (task.Id != 0 && task.Label == label)
                    return task;
            }

            return null;
        }
    }

    /// <summary>Makes the guest read its configuration again.</summary>
    public void Reload() => Send(new WireWriter().Byte((byte)ControlType.Reload));

    /// <summary>Makes the guest stop its main process and switch itself off.</summary>
    /// <param name="grace">Time between the stop signal and the kill.</param>
    public void Shutdown(TimeSpan grace) => Send(new WireWriter().Byte((byte)ControlType.Shutdown).UInt32((uint)grace.TotalSeconds));

    /// <summary>Ends the session because the virtual machine is off: everything that still waits fails.</summary>
    public void Close() => Lose(new SessionLostException("The container's virtual machine is off."));

    /// <summary>Goes on over a connection until that ends.</summary>
    internal Task RunAsync(SecureChannel channel, CancellationToken cancellationToken) => exchange.RunAsync(channel, cancellationToken);

    internal (SendStream Input, ReceiveStream Output, ReceiveStream Error) AddStreams(
        uint id, int inputCapacity, int outputWindow, ulong outputStart, ulong errorStart)
    {
        var first = id * TetherTask.StreamsPerTask;
        return (exchange.Streams.AddSending(first, inputCapacity, adoptsPosition: true), exchange.Streams.AddReceiving(first + 1, outputWindow, outputStart),
            exchange.Streams.AddReceiving(first + 2, outputWindow, errorStart));
    }

    internal void Send(WireWriter message)
    {
        lock (Gate)
        {
            if (loss is null)
                exchange.SendControl(message);
        }
    }

    internal void WakeWriter() => exchange.Wake();

    internal SessionLostException? LossOf(ContainerTask task) =>
        loss ?? (task.State is TaskState.Exited or TaskState.Failed || tasks.ContainsKey(task.Id) ? null : new SessionLostException("The process is gone."));

    void ISessionRole.OnPeerReplaced(bool isFirst)
    {
        if (!isFirst && loss is null)
        {
            replaced.TrySetResult();
            Lose(new SessionLostException("The container's virtual machine was started anew."));
        }

        if (loss is not null)
            throw new SessionProtocolException("The session belongs to an earlier run of the virtual machine.");
        connected.TrySetResult();
    }

    void ISessionRole.OnTask(ref WireReader reader)
    {
        var id = reader.UInt32();
        var state = (TaskState)reader.Byte();
        var failure = (LaunchFailure)reader.Byte();
        var exit = new ProcessExit((int)reader.UInt32(), (int)reader.UInt32());
        ulong outputStart = reader.UInt64(), errorStart = reader.UInt64();
        string label = reader.Text(), text = reader.Text();
        if (id > uint.MaxValue / TetherTask.StreamsPerTask)
            throw new SessionProtocolException("A process has an impossible number.");
        if (!tasks.TryGetValue(id, out var task))
        {
            if (tasks.Count >= MaximumTasks)
                throw new SessionProtocolException("The guest states too many processes.");
            task = new ContainerTask(this, id, label, outputStart, errorStart);
            tasks.Add(id, task);
        }

        switch (state)
        {
            case TaskState.Running:
                task.OnStarted();
                break;
            case TaskState.Failed:
                task.OnFailed(failure, text);
                break;
            case TaskState.Exited:
                task.OnExited(exit);
                break;
        }
    }

    void ISessionRole.OnControl(ControlType type, ref WireReader reader)
    {
        tasks.TryGetValue(reader.UInt32(), out var task);
        switch (type)
        {
            case ControlType.Started:
                task?.OnStarted();
                break;
            case ControlType.LaunchFailed:
                var reason = (LaunchFailure)reader.Byte();
                task?.OnFailed(reason, reader.Text());
                break;
            case ControlType.Exited:
                task?.OnExited(new ProcessExit((int)reader.UInt32(), (int)reader.UInt32()));
                break;
            default:
                throw new SessionProtocolException($"A control message of type {(byte)type} does not belong here.");
        }

        if (task is not null)
            RemoveIfDone(task);
    }

    void ISessionRole.OnData(ReceiveStream stream, ReadOnlySpan<byte> data)
    {
        if (tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            task.OnData(stream, data);
    }

    void ISessionRole.OnEnd(ReceiveStream stream)
    {
        if (tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            task.OnEnd();
    }

    void ISessionRole.OnEndAnnounced(ReceiveStream stream)
    {
        if (!tasks.TryGetValue(stream.Id / TetherTask.StreamsPerTask, out var task))
            return;
        task.OnEndAnnounced();
        RemoveIfDone(task);
    }

    void ISessionRole.OnAcknowledged(SendStream stream)
    {
    }

    void ISessionRole.StateTasks(List<byte[]> frames)
    {
    }

    private void RemoveIfDone(ContainerTask task)
    {
        if (task.Id == 0 || !task.IsDone)
            return;
        var first = task.Id * TetherTask.StreamsPerTask;
        exchange.Streams.Remove(first);
        exchange.Streams.Remove(first + 1);
        exchange.Streams.Remove(first + 2);
        tasks.Remove(task.Id);
    }

    private void Lose(SessionLostException reason)
    {
        lock (Gate)
        {
            loss ??= reason;
            foreach (var task in tasks.Values)
                task.OnLost(loss);
            connected.TrySetException(loss);
        }
    }

    /// <summary>A random number: an earlier endpoint's processes may still run under theirs.</summary>
    private uint NewId()
    {
        while (true)
        {
            var id = (BitConverter.ToUInt32(Cryptography.SessionKeys.Random(4)) & 0x0FFFFFFF) | 1;
            if (!tasks.ContainsKey(id))
                return id;
        }
    }
}
