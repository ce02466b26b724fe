using Vic.Lab.Inventory;

namespace Vic.Lab.Operations;

/// <summary>Names are unique among the children of an entity. Under the store's lock.</summary>
internal static class EntityNames
{
    /// <exception cref="Vim25.VimFaultException">Another child has the name.</exception>
    public static void CheckFree(InventoryStore store, Entity parent, string name)
    {
        var taken = EntityChildren.Of(parent, store).FirstOrDefault(child => child.Name == name);
        if (taken is not null)
        {
            throw Faults.DuplicateName(name, taken.Reference);
        }
    }
}
