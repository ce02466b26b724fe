using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>
/// How to take back what was done so far. Steps are undone in reverse order; one that cannot be undone does not keep the others.
/// </summary>
internal sealed class CompensationStack
{
    private readonly Stack<Step> _steps = new();

    /// <param name="what">What is left behind when undoing fails, for the message: an article, a noun and a name.</param>
    /// <param name="undo">
    /// Takes the step back. It must bear that the step was only half done, and that it is called again after it failed half-way.
    /// </param>
    public Step Push(string what, Func<CancellationToken, Task> undo)
    {
        var step = new Step(what, undo);
        _steps.Push(step);
        return step;
    }

    /// <returns>What could not be taken back, with the reasons, in the order in which it can be removed by hand.</returns>
    public async Task<IReadOnlyList<string>> UndoAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var left = new Leftovers();
        foreach (var step in _steps.Where(step => step.IsNeeded))
        {
            progress.Report(new($"Removing {step.What}"));
            await left.RemoveAsync(step.What, step.Undo, cancellationToken).ConfigureAwait(false);
        }

        _steps.Clear();
        return left.Names;
    }

    /// <summary>One step that can be taken back.</summary>
    public sealed class Step(string what, Func<CancellationToken, Task> undo)
    {
        public string What => what;

        public Func<CancellationToken, Task> Undo => undo;

        /// <summary>False when the step turned out to have made nothing.</summary>
        public bool IsNeeded { get; private set; } = true;

        /// <summary>Awaits the step; when the name is already another's, that other thing is not ours to remove.</summary>
        public async Task<T> RunAsync<T>(Task<T> step)
        {
            await RunAsync((Task)step).ConfigureAwait(false);
            return await step.ConfigureAwait(false);
        }

        /// <summary>Awaits a step without a result.</summary>
        public async Task RunAsync(Task step)
        {
            try
            {
                await step.ConfigureAwait(false);
            }
            catch (VimFaultException exception) when (exception.Fault is DuplicateName or AlreadyExists)
            {
                IsNeeded = false;
                throw;
            }
        }
    }
}
