using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Vic.PowerShell.Background;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes an argument with names that the connected servers know. A server that does not answer at once has none: Tab neither waits nor prints.</summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return CompletionWord.Complete(wordToComplete, List(fakeBoundParameters));
        }
        catch (Exception)
        {
            // Whatever is wrong, the command itself will say it better than a completion could.
            return [];
        }
    }

    /// <summary>The names that one server knows.</summary>
    private protected abstract Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken);

    private List<string> List(IDictionary parameters)
    {
        var state = RunspaceState.Current;
        var choices = CompletionServers.Select(state, parameters);
        using var limit = new CancellationTokenSource(Patience);
        var asking = Task.Run(() => Task.WhenAll(choices.Select(choice => ListAsync(choice, state, limit.Token))));
        return asking.Wait(Patience) ? asking.Result.SelectMany(names => names).ToList() : [];
    }

    private async Task<IReadOnlyList<string>> ListAsync(ServerChoice choice, RunspaceState state, CancellationToken cancellationToken)
    {
        if (choice.Own is { } own)
        {
            return await ListAsync(own, cancellationToken).ConfigureAwait(false);
        }

        if (state.Joined.TryGetValue(choice.Session!, out var joined) && joined.IsConnected)
        {
            return await ListAsync(joined, cancellationToken).ConfigureAwait(false);
        }

        // Not remembered: a cmdlet joins with what the user has told PowerCLI about certificates, which is not asked here.
        var guest = await choice.Session!.JoinAsync(InvalidCertificateAction.Unset, new StepReceiver(static _ => { }), cancellationToken).ConfigureAwait(false);
        try
        {
            return await ListAsync(guest, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await guest.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
