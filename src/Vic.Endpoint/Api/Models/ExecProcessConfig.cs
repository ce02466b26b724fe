using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The process of an exec instance.</summary>
public sealed record ExecProcessConfig
{
    /// <summary>Terminal.</summary>
    [JsonPropertyName("tty")]
    public bool Tty { get; init; }

    /// <summary>Program.</summary>
    [JsonPropertyName("entrypoint")]
    public string Entrypoint { get; init; } = "";

    /// <summary>Arguments.</summary>
    [JsonPropertyName("arguments")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Always false.</summary>
    [JsonPropertyName("privileged")]
    public bool Privileged { get; init; }

    /// <summary>User.</summary>
    [JsonPropertyName("user")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? User { get; init; }
}
