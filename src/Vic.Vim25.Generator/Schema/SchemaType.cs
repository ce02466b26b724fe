using Microsoft.CodeAnalysis;

namespace Vic.Vim25.Generator.Schema;

/// <summary>One declaration of the schema.</summary>
internal sealed class SchemaType(SchemaKind kind, string wireName, string? clrName, string? baseName, Location location)
{
    public SchemaKind Kind { get; } = kind;

    public string WireName { get; } = wireName;

    /// <summary>The name in C#: the wire's, unless the schema says <c>as</c>.</summary>
    public string ClrName { get; } = clrName ?? wireName;

    public string? BaseName { get; } = baseName;

    public Location Location { get; } = location;

    public List<SchemaProperty> Properties { get; } = [];

    public List<SchemaMethod> Methods { get; } = [];

    /// <summary>The words of an enum in the order of the schema.</summary>
    public List<string> Values { get; } = [];

    public bool IsDataObject => Kind is SchemaKind.Data or SchemaKind.Fault;
}
