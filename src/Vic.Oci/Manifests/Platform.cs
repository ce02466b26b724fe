using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>The system that an image is built for.</summary>
public sealed record Platform
{
    /// <summary>The processor architecture in Go's names, such as <c>amd64</c>.</summary>
    [JsonPropertyName("architecture")]
    public string Architecture { get; init; } = "";

    /// <summary>The operating system in Go's names, such as <c>linux</c>.</summary>
    [JsonPropertyName("os")]
    public string OperatingSystem { get; init; } = "";

    /// <summary>The variant of the architecture, such as <c>v7</c>; null when there is one only.</summary>
    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>The platform that virtual machines run here.</summary>
    [JsonIgnore]
    public static Platform Default { get; } = new()
    {
        OperatingSystem = "linux",
        Architecture = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64",
    };

    /// <summary>Reads docker's <c>os[/arch[/variant]]</c>; null when the text is not of that form.</summary>
    public static Platform? Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 3 || parts.Any(part => part.Length is 0 or > 64 || !part.All(IsPlatformCharacter)))
        {
            return null;
        }

        var architecture = parts.Length > 1 ? Normalise(parts[1]) : Default.Architecture;
        return new Platform { OperatingSystem = parts[0].ToLowerInvariant(), Architecture = architecture, Variant = parts.Length > 2 ? parts[2] : null };
    }

    /// <summary>Whether an image for <paramref name="other"/> is what this platform asks for.</summary>
    public bool Accepts(Platform other) =>
        OperatingSystem == other.OperatingSystem
        && Architecture == Normalise(other.Architecture)
        && (Variant is null || other.Variant is null or "" || Variant == other.Variant);

    /// <inheritdoc/>
    public override string ToString() => $"{OperatingSystem}/{Architecture}{(string.IsNullOrEmpty(Variant) ? "" : "/" + Variant)}";

    private static bool IsPlatformCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';

    private static string Normalise(string architecture) => architecture.ToLowerInvariant() switch
    {
        "x86_64" or "x86-64" => "amd64",
        "aarch64" => "arm64",
        var other => other,
    };
}
