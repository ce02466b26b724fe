using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>
/// Removes what groups the machines of a VCH: its pool or vApp, and its folder. Machines that others have put there stay, and so does the group.
/// </summary>
internal sealed class GroupRemoval(VimClient client)
{
    /// <summary>Removes the child of a name, when it is a group and empty.</summary>
    public async Task RemoveChildAsync(ManagedObjectReference parent, string name, CancellationToken cancellationToken)
    {
        var search = new SearchIndex(client, client.Content.SearchIndex!.Value);
        if (await search.FindChildAsync(parent, name, cancellationToken).ConfigureAwait(false) is { } child)
        {
            await RemoveIfEmptyAsync(child, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes a group when nothing is in it.</summary>
    public async Task RemoveIfEmptyAsync(ManagedObjectReference group, CancellationToken cancellationToken)
    {
        string[]? contents = group.Type switch
        {
            "ResourcePool" or "VirtualApp" => ["vm", "resourcePool"],
            "Folder" => ["childEntity"],
            _ => null,
        };
        if (contents is null)
        {
            return;
        }

        var found = await InventoryView.ReadAsync(client, group, contents, cancellationToken).ConfigureAwait(false);
        if (contents.All(path => found.GetReferences(path).Count == 0))
        {
            var task = await new ManagedEntity(client, group).DestroyTaskAsync(cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
