using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.Background;

/// <summary>Work that <c>-RunAsync</c> has started: it goes on while the session does other things, with the members of PowerCLI's tasks to look at it by.</summary>
public sealed class VicTask
{
    private static int s_count;

    private readonly object _gate = new();
    private readonly List<string> _warnings = [];
    private readonly Func<Exception, ErrorRecord> _explain;
    private VicTaskState _state = VicTaskState.Queued;
    private StepProgress _step;
    private DateTime? _finishTime;
    private object? _result;
    private ErrorRecord? _error;
    private Action _stop = static () => { };

    private VicTask(string name, Func<Exception, ErrorRecord> explain)
    {
        Id = FormattableString.Invariant($"VicTask-{Interlocked.Increment(ref s_count)}");
        Name = name;
        StartTime = DateTime.Now;
        _explain = explain;
    }

    /// <summary>What <c>Get-VICTask -Id</c> takes.</summary>
    public string Id { get; }

    /// <summary>The cmdlet and what it works on.</summary>
    public string Name { get; }

    /// <summary>How far it is.</summary>
    public VicTaskState State => Locked(() => _state);

    /// <summary>What it does now.</summary>
    public string Description => Locked(() => _step.Step ?? "");

    /// <summary>How much is done of the step that <see cref="Description"/> names, 0 to 100; 100 at the end.</summary>
    public int PercentComplete => Locked(() => _finishTime is null ? _step.Percent ?? 0 : 100);

    /// <summary>What it made; empty before it has succeeded, and for work that makes nothing.</summary>
    public object? Result => Locked(() => _result);

    /// <summary>Why it has failed.</summary>
    public ErrorRecord? TerminatingError => Locked(() => _error);

    /// <summary>What the user should know, in the order in which it came up.</summary>
    public string[] Warnings => Locked(() => _warnings.ToArray());

    /// <summary>Whether <c>Stop-VICTask</c> has something to stop.</summary>
    public bool IsCancelable => Locked(() => _finishTime is null);

    /// <summary>When it was started, local time.</summary>
    public DateTime StartTime { get; }

    /// <summary>When it ended, local time.</summary>
    public DateTime? FinishTime => Locked(() => _finishTime);

    /// <summary>Completes when the work has ended, whatever became of it.</summary>
    internal Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts work on the thread pool.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="operation">The work; its result is what the task shows.</param>
    /// <param name="explain">Puts what went wrong into words.</param>
    internal static VicTask Start(
        string name, Func<IProgress<StepProgress>, CancellationToken, Task<object?>> operation, Func<Exception, ErrorRecord> explain)
    {
        var task = new VicTask(name, explain);
        var stop = new CancellationTokenSource();
        task._stop = stop.Cancel;
        task.Completion = Task.Run(() => task.RunAsync(operation, stop));
        return task;
    }

    /// <summary>Asks the work to end and to take back what it has begun.</summary>
    internal void Stop()
    {
        try
        {
            _stop();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in this moment.
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private async Task RunAsync(Func<IProgress<StepProgress>, CancellationToken, Task<object?>> operation, CancellationTokenSource stop)
    {
        using var ending = stop;
        Locked(() => _state = VicTaskState.Running);
        try
        {
            var result = await operation(new StepReceiver(Take), stop.Token).ConfigureAwait(false);
            End(VicTaskState.Success, result, error: null);
        }
        catch (Exception exception)
        {
            // Nobody awaits the work itself: whatever it throws is the task's to show.
            End(VicTaskState.Error, result: null, _explain(exception));
        }
    }

    private void End(VicTaskState state, object? result, ErrorRecord? error) => Locked(() =>
    {
        _state = state;
        _result = result;
        _error = error;
        _finishTime = DateTime.Now;
        return true;
    });

    private void Take(StepProgress step) => Locked(() =>
    {
        if (step.IsWarning)
        {
            _warnings.Add(step.Step);
        }
        else
        {
            _step = step;
        }

        return true;
    });

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }
}
