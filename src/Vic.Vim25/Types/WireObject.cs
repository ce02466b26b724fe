using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <summary>Something with named members on the wire: a data object or a method's request.</summary>
public abstract class WireObject
{
    internal WireObject()
    {
    }

    /// <summary>Finds a member by its name on the wire, as the steps of a property path name it.</summary>
    /// <param name="name">The wire name, for example <c>powerState</c>.</param>
    /// <param name="value">
    /// The value: null when it is not set, a boxed value, a string, a <see cref="DataObject"/>, or a list.
    /// </param>
    /// <returns>False when the type has no such member.</returns>
    public virtual bool TryGetProperty(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Reads the element that the reader stands on, if it is a member, and moves behind it.</summary>
    /// <returns>False when the element is no member of this type; the reader has not moved.</returns>
    internal virtual bool ReadMember(VimXmlReader reader) => false;

    /// <summary>Writes the members in the order of the wire, those of the base type first.</summary>
    internal virtual void WriteMembers(VimXmlWriter writer)
    {
    }

    /// <summary>Reads all members of the element that the reader stands on; what the schema does not know is skipped.</summary>
    [MethodImpl(VimXmlReader.Hot)]
    internal void ReadMembers(VimXmlReader reader)
    {
        while (reader.MoveToChild())
        {
            if (!ReadMember(reader))
            {
                reader.Skip();
            }
        }
    }
}
