using System.Globalization;
using Vic.Engine.Images;
using Vic.Engine.Inventory;
using Vic.Engine.Validation;

namespace Vic.Engine.Deployment;

/// <summary>Checks that the image store holds at least the endpoint itself.</summary>
internal static class StoreSpace
{
    private const long Megabyte = 1 << 20;
    private const double Gigabyte = 1 << 30;

    public static void Check(InventoryEntity store, IReadOnlyList<IsoImage> isos, long endpointMemoryMB, CheckList checks)
    {
        // A running machine has a swap file as large as its memory.
        var needed = isos.Sum(iso => iso.Length) + (endpointMemoryMB * Megabyte);
        if (store.GetValue<long>("summary.freeSpace") is { } free && free < needed)
        {
            checks.Fail(
                "Datastore",
                $"'{store}' has {Text(free)} free; the ISOs and the swap file of the endpoint VM need {Text(needed)}, before any image. "
                + "Free some space, pass another datastore, or a smaller -EndpointMemoryGB.");
        }
    }

    private static string Text(long bytes) => (bytes / Gigabyte).ToString("0.0 GB", CultureInfo.InvariantCulture);
}
