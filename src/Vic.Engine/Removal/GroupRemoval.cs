using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>
/// Removes what groups the machines of a VCH: its pool or vApp, and its folder. Machines that others have put there stay, and so does the group.
/// </summary>
internal sealed class GroupRemoval(VimClient client)
{
    /// <summary>Removes the child of a name, when it is a group.</summary>
    /// <exception cref="VicException">Something is in it.</exception>
    public async Task RemoveChildAsync(ManagedObjectReference parent, string name, CancellationToken cancellationToken)
    {
        if (await InventoryView.FindChildAsync(client, parent, name, cancellationToken).ConfigureAwait(false) is { } child)
        {
            if (!await RemoveIfEmptyAsync(child, cancellationToken).ConfigureAwait(false))
            {
                throw new VicException("NotEmpty", VicErrorKind.Busy, "something is in it") { Target = name };
            }
        }
    }

    /// <summary>Removes a group when nothing is in it.</summary>
    /// <returns>False when something is.</returns>
    public async Task<bool> RemoveIfEmptyAsync(ManagedObjectReference group, CancellationToken cancellationToken)
    {
        string[]? contents = group.Type switch
        {
            "ResourcePool" or "VirtualApp" => ["vm", "resourcePool"],
            "Folder" => ["childEntity"],
            _ => null,
        };
        if (contents is null)
        {
            return false;
        }

        try
        {
            var found = await InventoryView.ReadAsync(client, group, contents, cancellationToken).ConfigureAwait(false);
            if (contents.Any(path => found.GetReferences(path).Count > 0))
            {
                return false;
            }

            var task = await new ManagedEntity(client, group).DestroyTaskAsync(cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            // Gone already.
        }

        return true;
    }
}
