namespace Vic.Vim25;

/// <summary>A property of a managed object.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="WireType">The type's name: a data object, an enum, <c>ManagedObjectReference</c>, or a word of XML Schema such as <c>string</c>.</param>
/// <param name="IsArray">Is the value a list of these?</param>
public sealed record ManagedPropertyInfo(string Name, string WireType, bool IsArray);
