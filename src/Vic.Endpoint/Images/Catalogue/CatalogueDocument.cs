using System.Text.Json.Serialization;

namespace Vic.Endpoint.Images.Catalogue;

/// <summary>The stored form of the catalogue.</summary>
internal sealed record CatalogueDocument
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public IReadOnlyList<ImageRecord> Images { get; init; } = [];
}

/// <summary>Reads and writes the catalogue without reflection.</summary>
[JsonSerializable(typeof(CatalogueDocument))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
