using System.Collections;
using System.Management.Automation;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchOptionCmdlet
{
    /// <summary>What images and containers may take together, in gigabytes; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 1L << 30)]
    public long? StorageQuotaGB { get; set; }

    /// <summary>
    /// Places for volumes by label: <c>@{ default = 'datastore1/volumes'; shared = 'nfs://filer/vol1?uid=1000&amp;gid=1000' }</c>. A place is also a
    /// datastore object.
    /// </summary>
    [Parameter]
    public Hashtable? VolumeStore { get; set; }

    private StorageRequest Apply(StorageRequest request) => request with
    {
        QuotaGB = StorageQuotaGB ?? request.QuotaGB,
        VolumeStores = VolumeStore is null ? request.VolumeStores : VolumeStoreArgument.Read(VolumeStore, place => ReadInventory(place, nameof(VolumeStore))),
    };
}
