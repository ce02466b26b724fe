namespace Vic.Engine.Deployment;

/// <summary>
/// How to take back what was done so far. Steps are undone in reverse order; one that cannot be undone does not keep the others.
/// </summary>
internal sealed class CompensationStack
{
    private readonly Stack<(string What, Func<CancellationToken, Task> Undo)> _steps = new();

    /// <param name="what">What is left behind when undoing fails, for the message.</param>
    /// <param name="undo">Takes the step back; it must bear that the step was only half done.</param>
    public void Push(string what, Func<CancellationToken, Task> undo) => _steps.Push((what, undo));

    /// <returns>What could not be taken back, with the reasons.</returns>
    public async Task<IReadOnlyList<string>> UndoAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        while (_steps.Count > 0)
        {
            var (what, undo) = _steps.Pop();
            try
            {
                progress.Report(new($"Removing {what}"));
                await undo(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                left.Add($"{what} ({exception.Message})");
            }
        }

        return left;
    }
}
