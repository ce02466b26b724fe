using System.Collections;

namespace Vic.Vim25;

/// <summary>Finds the type of a data object by the name in <c>xsi:type</c>.</summary>
internal static partial class DataTypes
{
    private static readonly string[] Names = NameList.Split(' ');

    private static readonly NameTable Ids = new(Names);

    /// <summary>The number of the type with this name, or a negative number.</summary>
    internal static int Find(uint hash, ReadOnlySpan<byte> name) => Ids.Find(hash, name);

    /// <inheritdoc cref="Find(uint, ReadOnlySpan{byte})"/>
    internal static int Find(string name) => Ids.Find(name);

    /// <summary>Adds an element, unless a peer named a type for it that has no place in such a list.</summary>
    internal static void AddTo(IList list, DataObject element)
    {
        try
        {
            list.Add(element);
        }
        catch (ArgumentException)
        {
            // An unknown type is read as its base; a known one that does not belong here is left out.
        }
    }
}
