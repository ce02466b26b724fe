using System.Collections;
using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>What a user passes for volume stores: a table of places by label.</summary>
internal static class VolumeStoreArgument
{
    /// <param name="table">The table; a place is a text or a datastore object.</param>
    /// <param name="selector">Reads a place.</param>
    public static IReadOnlyList<VolumeStoreRequest> Read(Hashtable table, Func<PSObject, InventorySelector> selector) =>
        table.Cast<DictionaryEntry>()
            .Select(entry => new VolumeStoreRequest(entry.Key.ToString()!, selector(PSObject.AsPSObject(entry.Value ?? "")).ToString()))
            .OrderBy(store => store.Label, StringComparer.Ordinal).ToList();
}
