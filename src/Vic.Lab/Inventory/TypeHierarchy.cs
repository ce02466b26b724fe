using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Which managed object type extends which.</summary>
internal static class TypeHierarchy
{
    /// <summary>Whether objects of <paramref name="type"/> are objects of <paramref name="ancestor"/>.</summary>
    public static bool Is(string type, string ancestor)
    {
        if (ancestor == "ManagedObject" || type == ancestor)
        {
            return true;
        }

        for (var current = ManagedTypeCatalog.Find(type)?.Base; current is not null; current = current.Base)
        {
            if (current.Name == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}
