using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Which managed object type extends which.</summary>
internal static class TypeHierarchy
{
    /// <summary>Whether objects of <paramref name="type"/> are objects of <paramref name="ancestor"/>.</summary>
    public static bool Is(string type, string ancestor) => Distance(type, ancestor) >= 0;

    /// <summary>How many steps <paramref name="ancestor"/> is above <paramref name="type"/>; -1 when it is not.</summary>
    public static int Distance(string type, string ancestor)
    {
        if (ancestor is "ManagedObject")
        {
            return int.MaxValue;
        }

        if (type == ancestor)
        {
            return 0;
        }

        var distance = 1;
        for (var current = ManagedTypeCatalog.Find(type)?.Base; current is not null; current = current.Base, distance++)
        {
            if (current.Name == ancestor)
            {
                return distance;
            }
        }

        return -1;
    }
}
