namespace Vic.Configuration;

/// <summary>Where images and volumes are.</summary>
public sealed class StorageConfiguration
{
    /// <summary>Where the reference system has its image layers, and hosts that were never its own.</summary>
    public const string DefaultLayerFolder = "images";

    /// <summary>Image stores as <c>ds://datastore/path</c>; the first is used.</summary>
    public List<GuestUrl> ImageStores { get; set; } = [];

    /// <summary>
    /// The folder of the image layers below <c>VIC/&lt;uuid&gt;</c> of the image store (our key); <see cref="DefaultLayerFolder"/> when empty. A host that
    /// was upgraded from the reference system has another one: it would take that system's layers, on which containers stand, for what no image needs.
    /// </summary>
    public string LayerFolder { get; set; } = "";

    /// <summary>Bytes that images and containers may take together; 0 without limit.</summary>
    public long StorageQuota { get; set; }

    /// <summary>Volume stores by label: <c>ds://datastore/path</c> or <c>nfs://host/path</c>.</summary>
    public Dictionary<string, GuestUrl> VolumeLocations { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Size of a container's file system in kilobytes.</summary>
    public long ScratchSize { get; set; }

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        ImageStores = map.Items(key.Child("image_stores", GuestInfoScope.ReadOnly), ImageStores, static () => new GuestUrl());
        LayerFolder = map.TextIfSet(key.Child("layer_folder", GuestInfoScope.ReadOnly), LayerFolder);
        StorageQuota = map.Number(key.Child("storage_quota", GuestInfoScope.ReadOnly), StorageQuota);
        VolumeLocations = map.Entries(key.Child("VolumeLocations", GuestInfoScope.ReadOnly), VolumeLocations, static () => new GuestUrl());
        ScratchSize = map.Number(key.Child("scratch_size", GuestInfoScope.ReadOnly), ScratchSize);
    }
}
