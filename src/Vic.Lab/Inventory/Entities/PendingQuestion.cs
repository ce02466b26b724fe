namespace Vic.Lab.Inventory;

/// <summary>A question that a machine asks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its words.</param>
/// <param name="Choices">The answers to choose from.</param>
internal sealed record PendingQuestion(string Id, string Text, IReadOnlyList<string> Choices)
{
    /// <summary>Completes with the answer.</summary>
    public TaskCompletionSource<string> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
