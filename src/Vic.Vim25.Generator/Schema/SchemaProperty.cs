namespace Vic.Vim25.Generator.Schema;

/// <summary>A property of a data object or managed object, or a parameter of a method.</summary>
internal sealed record SchemaProperty(string WireName, TypeReference Type);
