using Microsoft.CodeAnalysis;

namespace Vic.Vim25.Generator.Schema;

/// <summary>Something in a schema file that cannot be read, with the line it is on.</summary>
internal sealed record SchemaError(Location Location, string Message);
