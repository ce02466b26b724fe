using System.Collections;

namespace Vic.Vim25;

/// <summary>The lists that can be values of <c>anyType</c>. A client that only reads never needs the table, so it stands apart.</summary>
internal static partial class DataLists
{
    /// <summary>The wire name of a list's elements, or null for a list that vim25 does not know.</summary>
    internal static string? ElementType(IList list) => ElementTypes.TryGetValue(list.GetType(), out string? name) ? name : null;
}
