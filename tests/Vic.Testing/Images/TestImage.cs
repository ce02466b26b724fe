using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ZstdSharp;

namespace Vic.Testing.Images;

/// <summary>An image built from nothing: its blobs by digest, and its manifest.</summary>
public sealed class TestImage
{
    private readonly Dictionary<string, byte[]> _blobs = [];

    private TestImage()
    {
    }

    public IReadOnlyDictionary<string, byte[]> Blobs => _blobs;

    public byte[] Manifest { get; private set; } = [];

    public string ManifestMediaType { get; private set; } = "";

    public string ManifestDigest => DigestOf(Manifest);

    /// <summary>The image's id, as docker shows it.</summary>
    public string Id { get; private set; } = "";

    public IReadOnlyList<string> LayerDigests { get; private set; } = [];

    public IReadOnlyList<byte[]> Archives { get; private init; } = [];

    public static TestImage Build(
        IReadOnlyList<byte[]> archives,
        ImageFormat format = ImageFormat.Docker,
        LayerCompression compression = LayerCompression.Gzip,
        string architecture = "amd64",
        IReadOnlyList<string>? diffIds = null,
        JsonObject? config = null)
    {
        var image = new TestImage { Archives = archives };
        var layers = archives.Select(archive => image.AddLayer(archive, format, compression)).ToList();
        image.LayerDigests = [.. layers.Select(layer => (string)layer["digest"]!)];
        diffIds ??= [.. archives.Select(DigestOf)];
        var configuration = new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["created"] = "2024-02-29T12:30:15.123456789Z",
            ["config"] = config ?? new JsonObject
            {
                ["Env"] = new JsonArray("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
                ["Cmd"] = new JsonArray("sh"),
                ["Labels"] = new JsonObject { ["maker"] = "tests" },
            },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. diffIds.Select(id => (JsonNode)id)]) },
            ["history"] = new JsonArray([.. archives.Select((_, i) => (JsonNode)new JsonObject
            {
                ["created"] = "2024-02-29T12:30:15Z",
                ["created_by"] = $"step {i}",
            })]),
        };
        image.Seal(format, configuration, layers);
        return image;
    }

    /// <summary>A list of images, one for each platform.</summary>
    public static TestImage Index(ImageFormat format, params (string Architecture, TestImage Image)[] images)
    {
        var index = new TestImage { ManifestMediaType = format == ImageFormat.Docker
            ? "application/vnd.docker.distribution.manifest.list.v2+json"
            : "application/vnd.oci.image.index.v1+json" };
        index.Manifest = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = index.ManifestMediaType,
            ["manifests"] = new JsonArray([.. images.Select(entry => (JsonNode)new JsonObject
            {
                ["mediaType"] = entry.Image.ManifestMediaType,
                ["digest"] = entry.Image.ManifestDigest,
                ["size"] = entry.Image.Manifest.Length,
                ["platform"] = new JsonObject { ["architecture"] = entry.Architecture, ["os"] = "linux" },
            })]),
        });
        return index;
    }

    /// <summary>Writes the image as an OCI image layout, for tools that read one.</summary>
    public void WriteLayout(string folder, string tag)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var (digest, content) in _blobs.Append(new(ManifestDigest, Manifest)))
        {
            File.WriteAllBytes(Path.Combine(blobs, digest["sha256:".Length..]), content);
        }

        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllBytes(Path.Combine(folder, "index.json"), Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray(new JsonObject
            {
                ["mediaType"] = ManifestMediaType,
                ["digest"] = ManifestDigest,
                ["size"] = Manifest.Length,
                ["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag },
            }),
        }));
    }

    public static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] Compress(byte[] archive, LayerCompression compression)
    {
        using var buffer = new MemoryStream();
        switch (compression)
        {
            case LayerCompression.Gzip:
                using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(archive);
                }

                return buffer.ToArray();
            case LayerCompression.Zstd:
                using (var compressor = new Compressor())
                {
                    return compressor.Wrap(archive).ToArray();
                }

            default:
                return archive;
        }
    }

    private JsonObject AddLayer(byte[] archive, ImageFormat format, LayerCompression compression)
    {
        var blob = Compress(archive, compression);
        var mediaType = format == ImageFormat.Docker
            ? "application/vnd.docker.image.rootfs.diff.tar" + (compression == LayerCompression.Gzip ? ".gzip" : "")
            : "application/vnd.oci.image.layer.v1.tar" + compression switch
            {
                LayerCompression.Gzip => "+gzip",
                LayerCompression.Zstd => "+zstd",
                _ => "",
            };
        return new JsonObject { ["mediaType"] = mediaType, ["size"] = blob.Length, ["digest"] = AddBlob(blob) };
    }

    private void Seal(ImageFormat format, JsonObject configuration, List<JsonObject> layers)
    {
        var isDocker = format == ImageFormat.Docker;
        var raw = Bytes(configuration);
        Id = AddBlob(raw);
        ManifestMediaType = isDocker ? "application/vnd.docker.distribution.manifest.v2+json" : "application/vnd.oci.image.manifest.v1+json";
        Manifest = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestMediaType,
            ["config"] = new JsonObject
            {
                ["mediaType"] = isDocker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json",
                ["size"] = raw.Length,
                ["digest"] = Id,
            },
            ["layers"] = new JsonArray([.. layers]),
        });
    }

    private string AddBlob(byte[] content)
    {
        var digest = DigestOf(content);
        _blobs[digest] = content;
        return digest;
    }

    private static byte[] Bytes(JsonObject document) => System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
}
