using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of datastores.</summary>
public sealed class DatastoreCompleter : LiveCompleter
{
    private protected override Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken) =>
        new InventoryNames(server.Client).ListAsync(InventoryKind.Datastore, cancellationToken);
}
