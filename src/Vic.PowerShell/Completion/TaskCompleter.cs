using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes ids of the session's tasks.</summary>
public sealed class TaskCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Complete(wordToComplete, RunspaceState.Current.Tasks.Select(task => task.Id));
}
