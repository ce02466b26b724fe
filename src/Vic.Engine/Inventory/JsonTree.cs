using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;

namespace Vic.Engine.Inventory;

/// <summary>Reads JSON documents as trees, with what every edition of .NET brings along: a shell's other modules bring JSON libraries of their own.</summary>
internal static class JsonTree
{
    /// <summary>Reads a document: objects' members are elements of their names, and the items of arrays are elements.</summary>
    /// <exception cref="FormatException">The bytes are no JSON.</exception>
    public static XElement Read(byte[] document)
    {
        try
        {
            using var reader = JsonReaderWriterFactory.CreateJsonReader(document, XmlDictionaryReaderQuotas.Max);
            return XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new FormatException($"the document is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A member's text; null when there is none.</summary>
    public static string? Text(this XElement owner, string member) =>
        owner.Element(member) is { } element && (string?)element.Attribute("type") != "null" ? element.Value : null;

    /// <summary>The name that a member has in its object; not every one can be an element's.</summary>
    public static string Key(this XElement member) => (string?)member.Attribute("item") ?? member.Name.LocalName;

    /// <summary>The items of a member that is an array, or the members of one that is an object; none when it is not there.</summary>
    public static IEnumerable<XElement> Items(this XElement owner, string member) => owner.Element(member)?.Elements() ?? [];
}
