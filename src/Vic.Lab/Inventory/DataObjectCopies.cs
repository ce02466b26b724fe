using System.Runtime.CompilerServices;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Copies of data objects for changes: values in the inventory are immutable, so a change begins with a copy.</summary>
internal static class DataObjectCopies
{
    /// <summary>A copy that shares everything below the object's own properties.</summary>
    public static T ShallowClone<T>(this T value)
        where T : DataObject => (T)MemberwiseClone(value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object MemberwiseClone(object value);
}
