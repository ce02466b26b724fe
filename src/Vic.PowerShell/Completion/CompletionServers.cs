using System.Collections;
using System.Management.Automation;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>The servers that a half-typed command would ask.</summary>
internal static class CompletionServers
{
    /// <summary>Those of its <c>-Server</c>, else those that the cmdlets take by default.</summary>
    public static IReadOnlyList<ServerChoice> Select(RunspaceState state, IDictionary parameters)
    {
        var known = All(state);
        if (parameters["Server"] is not { } given)
        {
            var sessions = known.Where(choice => choice.Session is not null).ToList();
            return sessions.Count > 0 ? sessions : known.Take(1).ToList();
        }

        return InventoryArgument.Each(PSObject.AsPSObject(given)).SelectMany(argument => Resolve(argument, known)).Distinct().ToList();
    }

    /// <summary>Every server of the runspace.</summary>
    public static IReadOnlyList<ServerChoice> All(RunspaceState state) => ServerChoice.All(state, ReadVariable);

    private static IEnumerable<ServerChoice> Resolve(PSObject argument, IReadOnlyList<ServerChoice> known) =>
        argument.BaseObject is VicServer { IsConnected: true } own ? [ServerChoice.Of(own)]
        : PowerCliSession.TryRead(argument) is { } session ? [ServerChoice.Of(session)]
        : known.Where(choice => choice.IsNamed(argument.ToString()));

    // A completer is given no session state; a script block that runs here finds it.
    private static object? ReadVariable(string name) =>
        ScriptBlock.Create("$ExecutionContext.SessionState.PSVariable.GetValue($args[0])").InvokeReturnAsIs(name);
}
