namespace Vic.Vim25.Generator.Schema;

/// <summary>A method of a managed object.</summary>
/// <param name="WireName">The name of the request's element.</param>
/// <param name="Parameters">The parameters in the order of the wire, without <c>_this</c>.</param>
/// <param name="Result">The type of <c>returnval</c>, or null where there is none.</param>
/// <param name="Namespace">The namespace of the request's element, <c>vim25</c> unless the schema says otherwise.</param>
internal sealed record SchemaMethod(string WireName, IReadOnlyList<SchemaProperty> Parameters, TypeReference? Result, string Namespace);
