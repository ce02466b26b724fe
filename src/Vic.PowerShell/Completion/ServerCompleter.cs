using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of servers that are connected.</summary>
public sealed class ServerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Complete(wordToComplete, CompletionServers.All(RunspaceState.Current).Select(choice => choice.ToString()));
}
