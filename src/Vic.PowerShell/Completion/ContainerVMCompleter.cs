using Vic.Engine.Inspection;
using Vic.PowerShell.Background;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of containers.</summary>
public sealed class ContainerVMCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken)
    {
        var found = await new ContainerInventory(server.Client).ListAsync(new StepReceiver(static _ => { }), cancellationToken).ConfigureAwait(false);
        return found.Select(container => container.Name).ToList();
    }
}
