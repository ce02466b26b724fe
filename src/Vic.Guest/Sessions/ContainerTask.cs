using Vic.Guest.Processes;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>A process of a container as the endpoint sees it.</summary>
public sealed class ContainerTask
{
    internal const int OutputWindow = 256 * 1024;
    private const int InputCapacity = 64 * 1024;

    private readonly ContainerSession session;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProcessExit> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<OutputSubscription> subscriptions = [];
    private readonly ReceiveStream output;
    private readonly ReceiveStream error;
    private readonly SendStream input;

    internal ContainerTask(ContainerSession session, uint id, string label, ulong outputStart, ulong errorStart)
    {
        this.session = session;
        Id = id;
        Label = label;
        (input, output, error) = session.AddStreams(id, InputCapacity, OutputWindow, outputStart, errorStart);

        // Nobody may be waiting for these; their errors are for those who do.
        _ = started.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        _ = exited.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        _ = drained.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }

    /// <summary>The caller's name for the process; empty for the main process.</summary>
    public string Label { get; }

    /// <summary>Completes when the process runs; faulted with <see cref="LaunchException"/> when it could not be started.</summary>
    public Task Started => started.Task;

    /// <summary>How the process ended. Its last output may still be on the way: <see cref="Drained"/>.</summary>
    public Task<ProcessExit> Exited => exited.Task;

    /// <summary>Completes when all output was read by all subscriptions.</summary>
    public Task Drained => drained.Task;

    /// <summary>Where the process is in its life.</summary>
    public TaskState State { get; internal set; }

    internal uint Id { get; }

    internal Lock Gate => session.Gate;

    internal bool IsDone => State is (TaskState.Failed or TaskState.Exited) && output.IsEndAnnounced && error.IsEndAnnounced;

    /// <summary>Reads the output from now on.</summary>
    public OutputSubscription Subscribe()
    {
        var subscription = new OutputSubscription(this);
        lock (Gate)
        {
            subscription.IsEnded = output.IsEnded && error.IsEnded;
            subscription.Error = session.LossOf(this);
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Writes to the process's input; waits while the process does not read.</summary>
    /// <exception cref="SessionLostException">The process can no longer be reached.</exception>
    public async ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await started.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            lock (Gate)
            {
                if (session.LossOf(this) is { } loss)
                    throw loss;
                if (input.IsEnded || State is not TaskState.Running)
                    return;
                data = data[input.Append(data.Span)..];
                session.WakeWriter();
                if (data.IsEmpty)
                    return;
            }

            await input.WaitForRoomAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the process's input once everything written so far has been read.</summary>
    public void CloseInput()
    {
        lock (Gate)
        {
            input.End();
            session.WakeWriter();
        }
    }

    /// <summary>Tells the process's terminal its size.</summary>
    public void Resize(int rows, int columns) => session.Send(
        new WireWriter().Byte((byte)ControlType.Resize).UInt32(Id).UInt16((ushort)rows).UInt16((ushort)columns));

    /// <summary>Sends a signal by name or number.</summary>
    public void Signal(string signal) => session.Send(new WireWriter().Byte((byte)ControlType.Signal).UInt32(Id).Text(signal));

    internal void OnData(ReceiveStream stream, ReadOnlySpan<byte> data)
    {
        if (subscriptions.Count == 0)
        {
            stream.Consume(data.Length);
            return;
        }

        var kind = stream == output ? OutputKind.Standard : OutputKind.Error;
        var chunk = new OutputChunk(kind, data.ToArray(), subscriptions.Count);
        foreach (var subscription in subscriptions)
            subscription.Add(chunk);
    }

    internal void OnEnd()
    {
        if (!output.IsEnded || !error.IsEnded)
            return;
        foreach (var subscription in subscriptions)
        {
            subscription.IsEnded = true;
            subscription.Signal();
        }
    }

    internal void OnEndAnnounced()
    {
        if (output.IsEndConsumed && error.IsEndConsumed)
            drained.TrySetResult();
    }

    internal void OnStarted()
    {
        State = TaskState.Running;
        started.TrySetResult();
        session.WakeWriter();
    }

    internal void OnFailed(LaunchFailure reason, string text)
    {
        State = TaskState.Failed;
        var failure = new LaunchException(reason, text);
        started.TrySetException(failure);
        exited.TrySetException(failure);
    }

    internal void OnExited(ProcessExit exit)
    {
        State = TaskState.Exited;
        started.TrySetResult();
        exited.TrySetResult(exit);
        input.SignalRoom();
    }

    internal void OnLost(SessionLostException loss)
    {
        started.TrySetException(loss);
        exited.TrySetException(loss);
        drained.TrySetException(loss);
        input.SignalRoom();
        foreach (var subscription in subscriptions)
        {
            subscription.Error = loss;
            subscription.Signal();
        }
    }

    internal void Release(OutputChunk? chunk)
    {
        if (chunk is null || --chunk.Readers > 0)
            return;
        (chunk.Kind == OutputKind.Standard ? output : error).Consume(chunk.Data.Length);
        session.WakeWriter();
    }

    internal void Remove(OutputSubscription subscription) => subscriptions.Remove(subscription);
}
