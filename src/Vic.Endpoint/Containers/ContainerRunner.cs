using System.Globalization;
using Vic.Endpoint.Containers.Attach;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Containers;

/// <summary>The transitions of a container that runs: start, stop, kill, and the end that comes by itself.</summary>
public sealed partial class ContainerRunner
{
    /// <summary>docker's exit code for a process that was killed.</summary>
    private const int KilledExitCode = 128 + Signals.Kill;

    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PowerOffGrace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StalledClientLimit = TimeSpan.FromSeconds(10);

    private readonly BridgeNetwork _network;
    private readonly ContainerEvents _events;
    private readonly Func<Container, Task> _removeAtExit;
    private readonly ILogger<ContainerRunner> _log;

    /// <summary>Joins the parts; <paramref name="removeAtExit"/> is what <c>--rm</c> does.</summary>
    public ContainerRunner(BridgeNetwork network, ContainerEvents events, Func<Container, Task> removeAtExit, ILogger<ContainerRunner> log)
    {
        _network = network;
        _events = events;
        _removeAtExit = removeAtExit;
        _log = log;
    }

    /// <summary>Boots the VM and starts the process in it; false when it runs already.</summary>
    public async Task<bool> StartAsync(Container container, CancellationToken cancellationToken)
    {
        await container.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var abandoned = false;
        try
        {
            switch (container.State.Status)
            {
                case ContainerStatus.Running or ContainerStatus.Stopping:
                    return false;
                case ContainerStatus.Removing or ContainerStatus.Dead:
                    throw EngineException.Conflict("container is marked for removal and cannot be started");
                default:
                    abandoned = true;
                    await BootAsync(container, cancellationToken).ConfigureAwait(false);
                    abandoned = false;
                    return true;
            }
        }
        finally
        {
            container.Turn.Release();
            if (abandoned && container.Record.HostConfig.AutoRemove)
            {
                // Before the client hears of the failure: what it lists next does not show the container.
                await _removeAtExit(container).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Takes up a run that somebody else has begun by powering the VM on. A guest whose address is another's by now, or that has none, was
    /// started without asking anybody: it is started once more, properly.
    /// </summary>
    public async Task TakeUpAsync(Container container, CancellationToken cancellationToken)
    {
        await container.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (container.State.Status is not (ContainerStatus.Created or ContainerStatus.Exited) || !container.Machine.IsPoweredOn)
            {
                return;
            }

            LogFoundRunning(container.Record.ShortId());
            var address = await container.Machine.TakeOverAsync(cancellationToken).ConfigureAwait(false);
            container.Network = address is null ? null : _network.Restore(container.Record, address);
            if (container.Network is null && BridgeNetwork.IsJoinedBy(container.Record))
            {
                LogAddressTaken(container.Record.ShortId());
                await container.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
                await BootAsync(container, cancellationToken).ConfigureAwait(false);
                return;
            }

            container.Move(state => state with
            {
                Status = ContainerStatus.Running,
                ExitCode = 0,
                Error = "",
                StartedAt = DateTimeOffset.UtcNow,
                FinishedAt = null,
            });
            _events.Publish(container, "start");
            Resume(container);
        }
        finally
        {
            container.Turn.Release();
        }
    }

    /// <summary>Asks the process to end and, when it does not in time, makes it; false when it does not run.</summary>
    public async Task<bool> StopAsync(Container container, int? seconds, string signal, CancellationToken cancellationToken)
    {
        await AwaitStartAsync(container, cancellationToken).ConfigureAwait(false);
        if (!container.State.IsRunning)
        {
            return false;
        }

        var exit = container.NextExit;
        var number = Signals.Parse(signal.Length > 0 ? signal : container.Record.Config.StopSignal is { Length: > 0 } own ? own : "TERM");
        var limit = (seconds ?? container.Record.Config.StopTimeout) switch
        {
            null => DefaultStopTimeout,
            < 0 => Timeout.InfiniteTimeSpan,
            var asked => TimeSpan.FromSeconds(asked.Value),
        };
        await SignalAsync(container, number, cancellationToken).ConfigureAwait(false);
        if (!await EndsWithinAsync(exit, limit, cancellationToken).ConfigureAwait(false))
        {
            await KillAndWaitAsync(container, exit, cancellationToken).ConfigureAwait(false);
        }

        _events.Publish(container, "stop");
        return true;
    }

    /// <summary>Sends a signal; SIGKILL that does not end the VM is followed by pulling its plug.</summary>
    public async Task KillAsync(Container container, int signal, CancellationToken cancellationToken)
    {
        if (container.State.Status == ContainerStatus.Starting && signal == Signals.Kill)
        {
            await container.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await AwaitStartAsync(container, cancellationToken).ConfigureAwait(false);

        if (!container.State.IsRunning)
        {
            throw EngineException.Conflict($"Container {container.Id} is not running");
        }

        var exit = container.NextExit;
        if (signal == Signals.Kill)
        {
            await KillAndWaitAsync(container, exit, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await SignalAsync(container, signal, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until no VM runs for the container.</summary>
    public async Task WaitUntilStoppedAsync(Container container, CancellationToken cancellationToken)
    {
        var exit = container.NextExit;
        if (container.State.IsRunning)
        {
            await exit.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A signal for a process that is about to start reaches it: Ctrl+C in <c>docker run</c> may come while the VM boots.</summary>
    private static async Task AwaitStartAsync(Container container, CancellationToken cancellationToken)
    {
        if (container.State.Status == ContainerStatus.Starting)
        {
            await container.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            container.Turn.Release();
        }
    }

    /// <summary>Goes on with a run that this endpoint has not begun.</summary>
    public void Resume(Container container) => _ = ResumeAsync(container);

    private async Task ResumeAsync(Container container)
    {
        try
        {
            var off = container.Machine.WaitForPowerOffAsync(CancellationToken.None);
            var connect = container.Machine.ConnectAsync(CancellationToken.None);
            if (await Task.WhenAny(off, connect).ConfigureAwait(false) == connect && connect.IsCompletedSuccessfully)
            {
                var session = await connect.ConfigureAwait(false);
                container.Session = session;
                container.Streams.Bind(session.Main);
                await FinishAsync(container, session.Main.Exited).ConfigureAwait(false);
            }
            else
            {
                await FinishAsync(container, new TaskCompletionSource<int>().Task).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            LogRunLost(container.Record.ShortId(), failure);
        }
    }

    private async Task BootAsync(Container container, CancellationToken cancellationToken)
    {
        container.Move(state => state with { Status = ContainerStatus.Starting, Error = "", ExitCode = 0 });
        try
        {
            container.Network = _network.Bind(container.Record);
            await container.Machine.PowerOnAsync(container.Network, cancellationToken).ConfigureAwait(false);
            var session = await ConnectAsync(container, cancellationToken).ConfigureAwait(false);
            container.Session = session;
            container.Streams.Bind(session.Main);
            await session.Main.StartAsync(cancellationToken).ConfigureAwait(false);
            container.Move(state => state with
            {
                Status = ContainerStatus.Running,
                StartedAt = DateTimeOffset.UtcNow,
                FinishedAt = null,
            });
            _events.Publish(container, "start");
            _ = ObserveAsync(container, session.Main.Exited);
        }
        catch (Exception failure)
        {
            await AbandonStartAsync(container, failure).ConfigureAwait(false);
            throw Describe(failure);
        }
    }

    private static async Task<IGuestSession> ConnectAsync(Container container, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(BootLimit);
        try
        {
            return await container.Machine.ConnectAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorKind.Unavailable,
                $"the container VM booted but its tether did not connect within {BootLimit.TotalMinutes} minutes; see tether.debug in the VM's folder");
        }
    }

    private async Task AbandonStartAsync(Container container, Exception failure)
    {
        try
        {
            await container.Machine.PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception second)
        {
            LogPowerOffFailed(container.Record.ShortId(), second);
        }

        container.Network = null;
        container.EndStart(failure is LaunchException launch ? launch.ExitCode : 128, Describe(failure).Message);
        if (failure is LaunchException)
        {
            _events.Publish(container, "die", ("exitCode", container.State.ExitCode.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static Exception Describe(Exception failure) => failure switch
    {
        LaunchException launch => new EngineException(
            EngineErrorKind.InvalidParameter, launch.Describe(), launch),
        MachineStoppedException stopped => new EngineException(
            EngineErrorKind.Internal, $"the container VM stopped before its process ran: {stopped.Message}", stopped),
        _ => failure,
    };

    private async Task ObserveAsync(Container container, Task<int> exited)
    {
        try
        {
            await FinishAsync(container, exited).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            LogRunLost(container.Record.ShortId(), failure);
            container.EndRun(KilledExitCode, failure.Message, DateTimeOffset.UtcNow);
        }
    }

    /// <summary>Sees a run to its end: process, output, VM, and only then the exit that clients wait for.</summary>
    private async Task FinishAsync(Container container, Task<int> exited)
    {
        var off = container.Machine.WaitForPowerOffAsync(CancellationToken.None);
        await Task.WhenAny(exited, off).ConfigureAwait(false);
        if (container.Session is not null)
        {
            await DrainAsync(container.Streams).ConfigureAwait(false);
        }

        if (!await EndsWithinAsync(off, PowerOffGrace, CancellationToken.None).ConfigureAwait(false))
        {
            await container.Machine.PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
        }

        var report = await off.ConfigureAwait(false);
        var code = exited.IsCompletedSuccessfully ? await exited.ConfigureAwait(false) : report?.ExitCode ?? KilledExitCode;
        container.Network = null;
        _network.Release(container.Id);
        container.EndRun(code, report?.Error ?? "", report?.FinishedAt ?? DateTimeOffset.UtcNow);
        _events.Publish(container, "die", ("exitCode", code.ToString(CultureInfo.InvariantCulture)));
        if (container.Record.HostConfig.AutoRemove)
        {
            await _removeAtExit(container).ConfigureAwait(false);
        }
    }

    /// <summary>Lets clients read the last output; one that does not read is let go.</summary>
    private static async Task DrainAsync(ProcessStreams streams)
    {
        var forwarded = -1L;
        while (!await EndsWithinAsync(streams.Drained, StalledClientLimit, CancellationToken.None).ConfigureAwait(false))
        {
            if (forwarded == streams.Forwarded)
            {
                streams.Abandon();
                return;
            }

            forwarded = streams.Forwarded;
        }
    }

    private async Task SignalAsync(Container container, int signal, CancellationToken cancellationToken)
    {
        container.Move(state => state.IsRunning && signal is Signals.Kill or Signals.Terminate ? state with { Status = ContainerStatus.Stopping } : state);
        if (container.Session is { } session)
        {
            await session.Main.SignalAsync(signal, cancellationToken).ConfigureAwait(false);
            _events.Publish(container, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));
        }
        else if (signal != Signals.Kill)
        {
            throw new EngineException(EngineErrorKind.Unavailable, $"Container {container.Id} runs but is not connected to the endpoint yet");
        }
    }

    private async Task KillAndWaitAsync(Container container, Task<int> exit, CancellationToken cancellationToken)
    {
        await SignalAsync(container, Signals.Kill, cancellationToken).ConfigureAwait(false);
        if (container.Session is null || !await EndsWithinAsync(exit, KillGrace, cancellationToken).ConfigureAwait(false))
        {
            await container.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
            await exit.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(limit, stop.Token);
        var first = await Task.WhenAny(task, delay).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }

    [LoggerMessage(LogLevel.Information, "Container {Container} was started by somebody else")]
    private partial void LogFoundRunning(string container);

    [LoggerMessage(LogLevel.Warning, "Container {Container} was started by somebody else without an address of its own; it is started anew")]
    private partial void LogAddressTaken(string container);

    [LoggerMessage(LogLevel.Error, "Container {Container} could not be observed to its end")]
    private partial void LogRunLost(string container, Exception failure);

    [LoggerMessage(LogLevel.Warning, "Container {Container} failed to start and its VM could not be switched off")]
    private partial void LogPowerOffFailed(string container, Exception failure);
}
