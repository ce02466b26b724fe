using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Completion;

/// <summary>Completes names of clusters, hosts, resource pools and vApps.</summary>
public sealed class LocationCompleter : LiveCompleter
{
    private protected override Task<IReadOnlyList<string>> ListAsync(VicServer server, CancellationToken cancellationToken) =>
        new InventoryNames(server.Client).ListAsync(InventoryKind.Location, cancellationToken);
}
