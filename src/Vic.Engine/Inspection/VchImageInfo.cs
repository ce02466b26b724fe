using System.Globalization;
using System.Xml.Linq;
using Vic.Engine.Inventory;

namespace Vic.Engine.Inspection;

/// <summary>An image in the store of a VCH, under one of its names.</summary>
public sealed class VchImageInfo
{
    private static readonly string[] DefaultPlaces = ["docker.io/library/", "docker.io/"];

    private VchImageInfo(VchInfo host, string id, string name, IReadOnlyList<string> digests, IReadOnlyList<string> layers, long size, XElement configuration)
    {
        Host = host;
        Id = id;
        var colon = name.LastIndexOf(':');
        Repository = colon > name.LastIndexOf('/') ? name.Substring(0, colon) : name;
        Tag = colon > name.LastIndexOf('/') ? name.Substring(colon + 1) : "";
        Digests = digests;
        Layers = layers;
        Size = size;
        Created = DateTimeOffset.TryParse(configuration.Text("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
            ? created
            : null;
        Platform = $"{configuration.Text("os")}/{configuration.Text("architecture")}";
    }

    /// <summary>The VCH.</summary>
    public VchInfo Host { get; }

    /// <summary><c>sha256:</c> and the digest of the image's configuration.</summary>
    public string Id { get; }

    /// <summary>The name as Docker shows it, without the tag; empty for an image without a name.</summary>
    public string Repository { get; }

    /// <summary>The tag; empty for an image without one.</summary>
    public string Tag { get; }

    /// <summary>The names with the digest of the manifest by which it was pulled.</summary>
    public IReadOnlyList<string> Digests { get; }

    /// <summary>The ids of its layers in the store, the lowest first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The sum of its files' sizes, in bytes.</summary>
    public long Size { get; }

    /// <summary>When it was built; null when its builder does not say.</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>Operating system and architecture, such as <c>linux/amd64</c>.</summary>
    public string Platform { get; }

    /// <summary>Reads an image of a catalogue, once for each of its tags.</summary>
    /// <exception cref="FormatException">A member is missing or damaged.</exception>
    internal static IEnumerable<VchImageInfo> Read(VchInfo host, XElement image)
    {
        var id = image.Text("Id") ?? throw new FormatException("an image has no id");
        var configuration = JsonTree.Read(Convert.FromBase64String(image.Text("Configuration") ?? ""));
        return Read(
            host,
            id,
            image.Items("Tags").Select(tag => tag.Value),
            image.Items("Digests").Select(digest => digest.Value),
            image.Items("Layers").Select(layer => layer.Text("Id") ?? "").ToList(),
            image.Items("Layers").Sum(layer => Number(layer.Text("Size"))),
            configuration);
    }

    /// <summary>An image, once for each of its tags.</summary>
    /// <param name="host">The VCH.</param>
    /// <param name="id">The image's id.</param>
    /// <param name="tags">Its names with tags.</param>
    /// <param name="digests">Its names with digests.</param>
    /// <param name="layers">The ids of its layers in the store, the lowest first.</param>
    /// <param name="size">The sum of its files' sizes, in bytes.</param>
    /// <param name="configuration">Has its time and its platform.</param>
    internal static IEnumerable<VchImageInfo> Read(
        VchInfo host, string id, IEnumerable<string> tags, IEnumerable<string> digests, IReadOnlyList<string> layers, long size, XElement configuration)
    {
        var names = tags.Select(Familiar).ToList();
        var familiarDigests = digests.Select(Familiar).ToList();
        return (names.Count > 0 ? names : [""]).Select(name => new VchImageInfo(host, id, name, familiarDigests, layers, size, configuration));
    }

    /// <summary>A full name as docker shows it: images of Docker Hub go without its address.</summary>
    private static string Familiar(string name) =>
        DefaultPlaces.FirstOrDefault(place => name.StartsWith(place, StringComparison.Ordinal)) is { } place ? name.Substring(place.Length) : name;

    /// <exception cref="FormatException">It is no number.</exception>
    internal static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("a layer has no size");
}
