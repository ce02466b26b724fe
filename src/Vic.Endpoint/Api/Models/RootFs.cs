using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>An image's layers.</summary>
public sealed record RootFs
{
    /// <summary>Always layers.</summary>
    public string Type { get; init; } = "layers";

    /// <summary>Digests of uncompressed layers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyList<string>? Layers { get; init; }
}
