using System.Globalization;
using System.IO.Pipelines;
using Vic.Endpoint.Machines;
using Vic.Guest.Sessions;
using GuestLaunchException = Vic.Guest.Processes.LaunchException;
using LaunchException = Vic.Endpoint.Machines.LaunchException;

namespace Vic.Endpoint.Sessions;

/// <summary>A process at the other end of a session: its one stream of output is split into two, with the reader's pace handed on.</summary>
internal abstract class SessionProcess : IGuestProcess
{
    private readonly Pipe _output = new();
    private readonly Pipe _error = new();
    private readonly TaskCompletionSource<ContainerTask> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _terminal;

    protected SessionProcess(bool terminal)
    {
        _terminal = terminal;
        Input = new ProcessInput(_attached.Task);
        Output = _output.Reader.AsStream();
        Error = terminal ? null : _error.Reader.AsStream();

        // Nobody may be waiting for it; its error is for those who do.
        _ = _exited.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream? Error { get; }

    /// <inheritdoc/>
    public Task<int> Exited => _exited.Task;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LaunchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (GuestLaunchException refusal)
        {
            await EndOutputAsync().ConfigureAwait(false);
            throw new LaunchException(refusal.ExitCode, refusal.Message);
        }
        catch (SessionLostException lost)
        {
            throw new MachineStoppedException(lost.Message);
        }
    }

    /// <inheritdoc/>
    public async Task CloseInputAsync(CancellationToken cancellationToken) =>
        (await _attached.Task.WaitAsync(cancellationToken).ConfigureAwait(false)).CloseInput();

    /// <inheritdoc/>
    public virtual Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken)
    {
        if (_attached.Task.IsCompletedSuccessfully)
        {
            _attached.Task.Result.Resize(rows, columns);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task SignalAsync(int signal, CancellationToken cancellationToken) =>
        (await _attached.Task.WaitAsync(cancellationToken).ConfigureAwait(false)).Signal(signal.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets the process run and waits until it does.</summary>
    protected abstract Task LaunchAsync(CancellationToken cancellationToken);

    /// <summary>Connects to the process; its output is read from here on.</summary>
    protected void Attach(ContainerTask task)
    {
        _ = PumpAsync(task.Subscribe());
        _ = ObserveAsync(task);
        _attached.TrySetResult(task);
    }

    private async Task PumpAsync(OutputSubscription subscription)
    {
        using (subscription)
        {
            try
            {
                while (await subscription.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } chunk)
                {
                    var writer = chunk.Kind == OutputKind.Standard || _terminal ? _output.Writer : _error.Writer;
                    await writer.WriteAsync(chunk.Data).ConfigureAwait(false);
                }
            }
            catch (SessionLostException)
            {
                // The VM is off: there is no more output.
            }
        }

        await EndOutputAsync().ConfigureAwait(false);
    }

    private async Task EndOutputAsync()
    {
        await _output.Writer.CompleteAsync().ConfigureAwait(false);
        await _error.Writer.CompleteAsync().ConfigureAwait(false);
    }

    private async Task ObserveAsync(ContainerTask task)
    {
        try
        {
            _exited.TrySetResult((await task.Exited.ConfigureAwait(false)).Code);
        }
        catch (Exception lost) when (lost is SessionLostException or GuestLaunchException)
        {
            _exited.TrySetException(lost);
        }
    }
}
