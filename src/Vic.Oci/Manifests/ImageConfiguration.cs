using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>What an image says about itself (OCI image specification, config.md, and docker's additions).</summary>
public sealed record ImageConfiguration
{
    /// <summary>The processor architecture in Go's names.</summary>
    [JsonPropertyName("architecture")]
    public string Architecture { get; init; } = "";

    /// <summary>The variant of the architecture.</summary>
    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>The operating system in Go's names.</summary>
    [JsonPropertyName("os")]
    public string OperatingSystem { get; init; } = "";

    /// <summary>The version of the operating system, for images that need one.</summary>
    [JsonPropertyName("os.version")]
    public string? OperatingSystemVersion { get; init; }

    /// <summary>When the image was made.</summary>
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    /// <summary>Who made the image.</summary>
    [JsonPropertyName("author")]
    public string? Author { get; init; }

    /// <summary>The message that was given when the image was made from a container.</summary>
    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>The version of docker that made the image.</summary>
    [JsonPropertyName("docker_version")]
    public string? DockerVersion { get; init; }

    /// <summary>How containers of this image run.</summary>
    [JsonPropertyName("config")]
    public ContainerDefaults? Config { get; init; }

    /// <summary>The layers' content.</summary>
    [JsonPropertyName("rootfs")]
    public RootFileSystem RootFileSystem { get; init; } = new();

    /// <summary>How the image came to be, oldest step first.</summary>
    [JsonPropertyName("history")]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    /// <summary>The platform that the image is built for.</summary>
    [JsonIgnore]
    public Platform Platform => new() { OperatingSystem = OperatingSystem == "" ? "linux" : OperatingSystem, Architecture = Architecture, Variant = Variant };
}
