using Vic.Engine.Inspection;
using Vic.PowerShell.Background;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of virtual container hosts.</summary>
public sealed class VchCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken)
    {
        var found = await new VchInventory(server.Client).ListAsync(new StepReceiver(static _ => { }), cancellationToken).ConfigureAwait(false);
        return found.Select(vch => vch.Name).ToList();
    }
}
