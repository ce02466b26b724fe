namespace Vic.Vim25.Generator.Schema;

/// <summary>A type as a schema line names it: <c>string</c>, <c>VirtualDevice[]?</c>, <c>&amp;HostSystem</c>.</summary>
/// <param name="Name">The wire name without marks; for a reference the managed type's name, which may be empty.</param>
/// <param name="IsReference">Marked with <c>&amp;</c>: a managed object reference.</param>
/// <param name="IsArray">Marked with <c>[]</c>.</param>
/// <param name="IsOptional">Marked with <c>?</c>.</param>
internal sealed record TypeReference(string Name, bool IsReference, bool IsArray, bool IsOptional);
