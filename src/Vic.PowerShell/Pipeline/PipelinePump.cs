using System.Collections.Concurrent;
using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.Pipeline;

/// <summary>
/// Runs asynchronous work on the thread pool while the pipeline's thread waits, and brings back to that thread what only it may do:
/// PowerShell's Write methods throw on any other.
/// </summary>
internal sealed class PipelinePump : IProgress<StepProgress>, IDisposable
{
    // A step that ends within a second is not worth a line that flickers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly BlockingCollection<Action> _words = [];
    private readonly Action<StepProgress> _started;
    private readonly Action<StepProgress> _stillRunning;
    private readonly Action<string> _warned;
    private DateTime _since;
    private StepProgress? _current;

    /// <param name="started">Called on the pipeline's thread when a step begins.</param>
    /// <param name="stillRunning">Called there again and again while a step takes longer than a second.</param>
    /// <param name="warned">Called there with what the user should know.</param>
    public PipelinePump(Action<StepProgress> started, Action<StepProgress> stillRunning, Action<string> warned)
    {
        _started = started;
        _stillRunning = stillRunning;
        _warned = warned;
    }

    /// <summary>Runs the work and returns its result; exceptions come through as they were thrown.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        // Not the pipeline's thread: a continuation that needed it would wait for ever.
        var running = Task.Run(work);
        running.ContinueWith(_ => _words.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!_words.IsCompleted)
        {
            try
            {
                if (_words.TryTake(out var say, Tick))
                {
                    say();
                }
                else
                {
                    ShowWhatTakesLong();
                }
            }
            catch (PipelineStoppedException)
            {
                // A pipeline that is being stopped takes no more words; the work takes back what it has begun, and that is waited for.
            }
        }

        return running.GetAwaiter().GetResult();
    }

    /// <summary>Has a text written on the pipeline's thread, in its turn; it interrupts no step.</summary>
    public void Say(Action<string> write, string text) => Add(() =>
    {
        write(text);
        ShowWhatTakesLong();
    });

    void IProgress<StepProgress>.Report(StepProgress value) => Add(() => Take(value));

    public void Dispose() => _words.Dispose();

    private void Add(Action say)
    {
        try
        {
            _words.Add(say);
        }
        catch (InvalidOperationException)
        {
            // A late report of work that has ended; nobody waits for it.
        }
    }

    private void ShowWhatTakesLong()
    {
        if (_current is { } current && DateTime.UtcNow - _since > Patience)
        {
            _stillRunning(current);
        }
    }

    private void Take(StepProgress step)
    {
        if (step.IsWarning)
        {
            _warned(step.Step);
            return;
        }

        if (_current?.Step != step.Step)
        {
            _since = DateTime.UtcNow;
            _started(step);
        }
        else if (DateTime.UtcNow - _since > Patience)
        {
            _stillRunning(step);
        }

        _current = step;
    }
}
