using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vic.Oci.References;

namespace Vic.Oci.Manifests;

/// <summary>Reads manifests, indexes and configurations, and refuses what a later step could not rely on.</summary>
public static class ManifestReader
{
    /// <summary>The largest manifest or index that is read, in bytes. Registries refuse larger ones (distribution's limit is 4 MiB).</summary>
    public const int MaximumManifestSize = 4 << 20;

    /// <summary>The largest image configuration that is read, in bytes.</summary>
    public const int MaximumConfigurationSize = 8 << 20;

    /// <summary>The most layers that an image may have; docker's own limit is 125.</summary>
    public const int MaximumLayers = 255;

    private const int MaximumIndexEntries = 4096;

    /// <summary>The media type of a manifest: what the document says, otherwise what the registry said.</summary>
    public static string MediaTypeOf(ReadOnlySpan<byte> content, string? contentType)
    {
        var declared = Read(content, OciJson.Default.ImageManifest, "manifest").MediaType;
        return !string.IsNullOrEmpty(declared) ? declared : contentType?.Split(';')[0].Trim() ?? "";
    }

    /// <summary>Reads an image manifest.</summary>
    /// <exception cref="ManifestException">The document cannot be used.</exception>
    public static ImageManifest ReadManifest(ReadOnlySpan<byte> content)
    {
        var manifest = Read(content, OciJson.Default.ImageManifest, "manifest");
        RequireSchema(manifest.SchemaVersion);
        if (manifest.Config is null || manifest.Layers is null)
        {
            throw new ManifestException("the manifest has no configuration or no layers");
        }

        if (!MediaTypes.IsConfiguration(manifest.Config.MediaType))
        {
            throw new ManifestException($"the manifest is not a container image: its configuration is of media type '{Shown(manifest.Config.MediaType)}'");
        }

        if (manifest.Layers.Count > MaximumLayers)
        {
            throw new ManifestException($"the image has {manifest.Layers.Count} layers; at most {MaximumLayers} are supported");
        }

        RequireDescriptor(manifest.Config, MaximumConfigurationSize);
        foreach (var layer in manifest.Layers)
        {
            RequireDescriptor(layer, long.MaxValue);
        }

        return manifest;
    }

    /// <summary>Reads an index.</summary>
    /// <exception cref="ManifestException">The document cannot be used.</exception>
    public static ImageIndex ReadIndex(ReadOnlySpan<byte> content)
    {
        var index = Read(content, OciJson.Default.ImageIndex, "manifest list");
        RequireSchema(index.SchemaVersion);
        if (index.Manifests is null || index.Manifests.Count > MaximumIndexEntries)
        {
            throw new ManifestException("the manifest list has no entries, or too many");
        }

        foreach (var manifest in index.Manifests)
        {
            RequireDescriptor(manifest, MaximumManifestSize);
        }

        return index;
    }

    /// <summary>Reads an image configuration that must describe <paramref name="layers"/> layers, and gives the digests of their content.</summary>
    /// <exception cref="ManifestException">The document cannot be used.</exception>
    public static (ImageConfiguration Configuration, IReadOnlyList<Digest> DiffIds) ReadConfiguration(ReadOnlySpan<byte> content, int layers)
    {
        var configuration = Read(content, OciJson.Default.ImageConfiguration, "image configuration");
        if (configuration.RootFileSystem is not { Type: "layers" } root)
        {
            throw new ManifestException("the image configuration has no layers of a known kind");
        }

        var texts = root.DiffIds ?? [];
        if (texts.Count != layers)
        {
            throw new ManifestException($"the image configuration describes {texts.Count} layers, the manifest {layers}");
        }

        var diffIds = new List<Digest>(texts.Count);
        foreach (var text in texts)
        {
            diffIds.Add(Digest.TryParse(text, out var digest) ? digest : throw new ManifestException("the image configuration names a layer by an invalid digest"));
        }

        return (configuration, diffIds);
    }

    private static T Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> type, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new ManifestException($"the {what} is empty");
        }
        catch (JsonException e)
        {
            throw new ManifestException($"the {what} is not valid JSON of its format: {e.Message}", e);
        }
    }

    private static void RequireSchema(int version)
    {
        if (version != 2)
        {
            throw new ManifestException($"manifest schema version {version} is not supported; push the image again with a current tool");
        }
    }

    private static void RequireDescriptor(Descriptor descriptor, long maximumSize)
    {
        if (descriptor is null || !Digest.TryParse(descriptor.Digest, out _))
        {
            throw new ManifestException("the manifest names content by an invalid digest");
        }

        if (descriptor.Size < 0 || descriptor.Size > maximumSize)
        {
            throw new ManifestException($"{descriptor.Digest} is said to have {descriptor.Size} bytes; at most {maximumSize} are supported");
        }
    }

    private static string Shown(string? text) => text is { Length: > 0 } ? text[..Math.Min(text.Length, 128)] : "(none)";
}
