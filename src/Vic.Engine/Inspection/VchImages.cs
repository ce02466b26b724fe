using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Reads the images of VCHs from the catalogue that each endpoint, one of vic-machine too, keeps beside its virtual machine. Needs no endpoint that runs.</summary>
public sealed class VchImages
{
    private const string CatalogueFile = "kvStores/images.dat";
    private const string CatalogueVersion = "1";

    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchImages(VimClient client) => _client = client;

    /// <summary>The images of VCHs, by VCH and name: one for each tag, and one for each image without a tag.</summary>
    /// <exception cref="VicException">A catalogue is damaged, or of another version.</exception>
    public async Task<IReadOnlyList<VchImageInfo>> ListAsync(
        IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var found = new List<VchImageInfo>();
        foreach (var host in hosts)
        {
            progress.Report(new($"Reading the images of '{host.Name}'"));
            found.AddRange(await ReadAsync(host, inventory, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private async Task<IEnumerable<VchImageInfo>> ReadAsync(VchInfo host, InventorySnapshot inventory, CancellationToken cancellationToken)
    {
        if (MachineRemoval.Home(host.Machine) is not { } home)
        {
            return [];
        }

        var file = host.IsOfVicMachine ? VicMachineImageCache.File : CatalogueFile;
        var files = new DatastoreFiles(_client, inventory.DatacenterPath(inventory.DatacenterOf(host.Machine)), home.Datastore);
        using var document = new MemoryStream();
        try
        {
            await files.DownloadAsync($"{home.Name}/{file}", document, cancellationToken: cancellationToken).ConfigureAwait(false);
            return host.IsOfVicMachine ? Sort(VicMachineImageCache.Read(host, document.ToArray())) : Parse(host, document.ToArray());
        }
        catch (DatastoreFileException exception) when (exception.IsNotFound)
        {
            // Nothing was ever pulled.
            return [];
        }
        catch (FormatException exception)
        {
            throw new VicException(
                "ImageCatalogueDamaged", VicErrorKind.Failed, $"The image catalogue of '{host.Name}' cannot be read: {exception.Message.TrimEnd('.')}.", exception)
            {
                RecommendedAction = $"Look at {home.File(file)}.",
                Target = host.Name,
            };
        }
    }

    private static List<VchImageInfo> Parse(VchInfo host, byte[] document)
    {
        var catalogue = JsonTree.Read(document);
        if (catalogue.Text("Version") is var version && version != CatalogueVersion)
        {
            throw new FormatException($"it is of version {version}");
        }

        return Sort(catalogue.Items("Images").Where(image => image.Text("IsRemoved") != "true").SelectMany(image => VchImageInfo.Read(host, image)));
    }

    private static List<VchImageInfo> Sort(IEnumerable<VchImageInfo> images) => images
        .OrderBy(image => image.Repository, StringComparer.OrdinalIgnoreCase).ThenBy(image => image.Tag, StringComparer.OrdinalIgnoreCase).ToList();
}
