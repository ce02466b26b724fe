using System.Management.Automation;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Ends sessions of <c>Connect-VICServer</c>. A session that PowerCLI has opened stays.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "VICServer", SupportsShouldProcess = true)]
public sealed class DisconnectVicServerCommand : VicCmdlet
{
    /// <summary>The server: an object of <c>Connect-VICServer</c> or a name; the last one connected without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public PSObject[] Server { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var state = RunspaceState.Current;
        foreach (var server in Select(state))
        {
            if (!ShouldProcess(server.ToString(), "Disconnect"))
            {
                continue;
            }

            Run(
                async (progress, cancellationToken) =>
                {
                    progress.Report(new($"Disconnecting from {server}"));
                    await server.CloseAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                },
                server);
            state.Servers.Remove(server);
        }
    }

    private List<VicServer> Select(RunspaceState state)
    {
        if (Server.Length == 0)
        {
            return state.Servers.Count == 0 ? [] : [state.Servers[state.Servers.Count - 1]];
        }

        var selected = new List<VicServer>();
        foreach (var argument in Server)
        {
            var found = argument.BaseObject is VicServer own ? own : state.Servers.LastOrDefault(server => server.IsNamed(argument.ToString()));
            if (found is null)
            {
                WriteError(ErrorRecords.NotFound("connected server", argument.ToString(), state.Servers.Select(server => server.ToString())));
            }
            else
            {
                selected.Add(found);
            }
        }

        return selected;
    }
}
