using System.Xml.Linq;
using Vic.Engine.Inventory;

namespace Vic.Engine.Inspection;

/// <summary>
/// The images that an endpoint of vic-machine keeps in its key-value store: a JSON map of base64 values, of which two are JSON again (vmware/vic, pkg/kvstore,
/// lib/apiservers/engine/backends/cache, lib/metadata).
/// </summary>
internal static class VicMachineImageCache
{
    /// <summary>The store's file in the folder of the endpoint VM.</summary>
    public const string File = "kvStores/apiKV.dat";

    private const string Images = "docker.images";
    private const string Repositories = "docker.repositories";
    private const string DigestPrefix = "sha256:";

    /// <exception cref="FormatException">The store, or a document in it, is damaged.</exception>
    public static IEnumerable<VchImageInfo> Read(VchInfo host, byte[] document)
    {
        var store = JsonTree.Read(document);
        var names = Value(store, Repositories)?.Items("Repositories").SelectMany(repository => repository.Elements())
            .ToLookup(name => WithoutPrefix(name.Value), name => name.Key(), StringComparer.Ordinal);
        return Value(store, Images)?.Items("CacheByID").SelectMany(image =>
        {
            var id = WithoutPrefix(image.Text("image_id") ?? throw new FormatException("an image has no id"));
            var own = names?[id].ToList() ?? [];
            return VchImageInfo.Read(
                host,
                DigestPrefix + id,
                own.Where(name => name.IndexOf('@') < 0),
                own.Where(name => name.IndexOf('@') >= 0),
                Layers(image),
                image.Text("Size") is { } size ? VchImageInfo.Number(size) : 0,
                image);
        }) ?? [];
    }

    // A map has no order; that the image's own layer is the highest is all that is known.
    private static List<string> Layers(XElement image)
    {
        var highest = image.Text("id") ?? "";
        return [.. image.Items("diff_ids").Select(layer => layer.Value).Where(layer => layer != highest).Distinct(), highest];
    }

    private static XElement? Value(XElement store, string key) => store.Text(key) is { Length: > 0 } text ? JsonTree.Read(Convert.FromBase64String(text)) : null;

    private static string WithoutPrefix(string id) => id.StartsWith(DigestPrefix, StringComparison.Ordinal) ? id.Substring(DigestPrefix.Length) : id;
}
