using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Permissions;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>
/// Takes back what the account of a VCH was granted for it. What another VCH with the same account needs stays; roles go when nobody uses them any more.
/// </summary>
internal sealed class GrantRemoval(VimClient client, InventorySnapshot inventory, Leftovers left)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Takes the permissions back; what resists is noted. Not to be cancelled half-way: without the VCH nobody knows of them.</summary>
    public async Task RemoveAsync(VchInfo vch, IReadOnlyList<VchInfo> others)
    {
        var account = vch.Configuration.Connection.UserName;
        if (!HasGrants(vch) || !client.IsVirtualCenter)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience);
        await left.RemoveAsync($"the permissions of '{account}'", token => RemoveAsync(vch, others, account, token), limit.Token).ConfigureAwait(false);
    }

    private async Task RemoveAsync(VchInfo vch, IReadOnlyList<VchInfo> others, string account, CancellationToken cancellationToken)
    {
        var needed = new HashSet<ManagedObjectReference>(others
            .Where(other => HasGrants(other) && AccountName.AreSame(other.Configuration.Connection.UserName, account))
            .SelectMany(other => EntitiesOf(GrantScope.Of(client, other, inventory))));
        var permissions = await AccountPermissions.ReadAsync(client, account, cancellationToken).ConfigureAwait(false);
        var own = EntitiesOf(GrantScope.Of(client, vch, inventory)).Concat(GroupsOf(vch)).Where(entity => !needed.Contains(entity));
        foreach (var entity in permissions.GrantedAmong(own))
        {
            await permissions.RevokeAsync(entity, cancellationToken).ConfigureAwait(false);
        }

        await permissions.RemoveUnusedRolesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool HasGrants(VchInfo vch) => vch.Configuration.GrantPermissions == VirtualContainerHostConfiguration.AddPermissions;

    private static IEnumerable<ManagedObjectReference> EntitiesOf(GrantScope scope) =>
        scope.Grants().Select(grant => grant.Entity).OfType<ManagedObjectReference>();

    // They usually go with the VCH, but stay when others have put something there.
    private static IEnumerable<ManagedObjectReference> GroupsOf(VchInfo vch) =>
        new[] { vch.Pool, vch.Machine.Parent }.OfType<ManagedObjectReference>();
}
