using Vic.Endpoint.Containers.Attach;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Containers;

/// <summary>A container that exists: its record, its VM, where it is in its life, and the streams of its present or next run.</summary>
public sealed class Container
{
    private readonly Lock _gate = new();
    private ContainerState _state;
    private TaskCompletionSource<int> _nextExit = NewExit();
    private readonly TaskCompletionSource _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the container of a VM.</summary>
    public Container(ContainerRecord record, IContainerMachine machine, ContainerState state)
    {
        Record = record;
        Machine = machine;
        _state = state;
    }

    /// <summary>The container's id.</summary>
    public string Id => Record.Id;

    /// <summary>What is fixed about it; replaced by a rename.</summary>
    public ContainerRecord Record { get; set; }

    /// <summary>Its VM.</summary>
    public IContainerMachine Machine { get; }

    /// <summary>Its place on the bridge network while it runs.</summary>
    public NetworkBinding? Network { get; set; }

    /// <summary>The connection to its guest while it runs.</summary>
    public IGuestSession? Session { get; set; }

    /// <summary>The streams of the present run, or of the next one.</summary>
    public ProcessStreams Streams { get; private set; } = new();

    /// <summary>Held by operations that change what the VM is: start, remove, rename.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Where it is in its life.</summary>
    public ContainerState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Completes when the container is gone.</summary>
    public Task Removed => _removed.Task;

    /// <summary>Completes with the exit code of the present run, or of the next one.</summary>
    public Task<int> NextExit
    {
        get
        {
            lock (_gate)
            {
                return _nextExit.Task;
            }
        }
    }

    /// <summary>Replaces the state; the only place where it changes.</summary>
    public void Move(Func<ContainerState, ContainerState> next)
    {
        lock (_gate)
        {
            _state = next(_state);
        }
    }

    /// <summary>The run is over: everybody who waits learns its exit code, and the next run gets streams of its own.</summary>
    public void EndRun(int exitCode, string error, DateTimeOffset finishedAt)
    {
        TaskCompletionSource<int> exit;
        ProcessStreams streams;
        lock (_gate)
        {
            if (_state.Status is not (ContainerStatus.Removing or ContainerStatus.Dead))
            {
                _state = _state with { Status = ContainerStatus.Exited };
            }

            _state = _state with { ExitCode = exitCode, Error = error, FinishedAt = finishedAt };
            exit = _nextExit;
            _nextExit = NewExit();
            Session = null;
            streams = Streams;
            Streams = new ProcessStreams();
        }

        exit.TrySetResult(exitCode);
        streams.Abandon();
    }

    /// <summary>A start failed: clients that were attached to the run that never came are let go.</summary>
    public void EndStart(int exitCode, string error)
    {
        ProcessStreams streams;
        lock (_gate)
        {
            _state = _state with
            {
                Status = _state.StartedAt is null ? ContainerStatus.Created : ContainerStatus.Exited,
                ExitCode = exitCode,
                Error = error,
            };
            Session = null;
            streams = Streams;
            Streams = new ProcessStreams();
        }

        streams.Abandon();
    }

    /// <summary>The container is gone.</summary>
    public void EndLife()
    {
        _removed.TrySetResult();
        Streams.Abandon();
    }

    /// <summary>Why nothing can be done that takes a session with the guest, for a container whose guest has none, running or not; null for all others.</summary>
    public EngineException? SessionRefusal => Record.IsEarlier
        ? EngineException.Conflict(
            $"Container {Record.Name} was made by an earlier VIC engine, and its streams cannot be reached: recreate the container (docker logs, start, stop, kill and rm work as before)")
        : null;

    /// <summary>The guest's session of a running container.</summary>
    public IGuestSession RequireSession() =>
        SessionRefusal is { } refusal ? throw refusal
        : State.IsRunning && Session is { } session ? session
        : throw EngineException.Conflict($"Container {Id} is not running");

    private static TaskCompletionSource<int> NewExit() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
