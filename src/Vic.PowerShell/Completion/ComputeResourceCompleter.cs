using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of clusters and hosts.</summary>
public sealed class ComputeResourceCompleter : LiveCompleter
{
    private protected override Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken) =>
        new InventoryNames(server.Client).ListAsync(InventoryKind.ComputeResource, cancellationToken);
}
