using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The difference between two lists of references, whose order does not count.</summary>
internal sealed record ReferenceDelta(IReadOnlyList<ManagedObjectReference> Added, IReadOnlyList<ManagedObjectReference> Removed)
{
    /// <summary>Compares two lists; null when one of them is none.</summary>
    public static ReferenceDelta? Between(IReadOnlyList<ManagedObjectReference>? old, IReadOnlyList<ManagedObjectReference>? value)
    {
        if (old is null || value is null)
        {
            return null;
        }

        // Lists grow at their end: most changes are found without a table of all that is in them.
        var same = 0;
        while (same < old.Count && same < value.Count && old[same] == value[same])
        {
            same++;
        }

        return same == old.Count
            ? new ReferenceDelta([.. value.Skip(same)], [])
            : new ReferenceDelta([.. value.Skip(same).Except(old.Skip(same))], [.. old.Skip(same).Except(value.Skip(same))]);
    }
}
