using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A port of a container in a list.</summary>
public sealed record PortSummary
{
    /// <summary>Address of the VCH.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? IP { get; init; }

    /// <summary>Port of the container.</summary>
    public int PrivatePort { get; init; }

    /// <summary>Port of the VCH.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? PublicPort { get; init; }

    /// <summary>tcp or udp.</summary>
    public string Type { get; init; } = "tcp";
}
