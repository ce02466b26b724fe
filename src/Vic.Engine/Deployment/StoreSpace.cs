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

    /// <summary>A quota that cannot be used up promises what the datastore does not have.</summary>
    public static void CheckQuota(InventoryEntity store, long quotaGB, CheckList checks)
    {
        if (IsQuota(quotaGB, checks) && store.GetValue<long>("summary.freeSpace") is { } free && quotaGB > free / Gigabyte)
        {
            checks.Fail("StorageQuotaGB", $"'{store}' has {Text(free)} free, which is less than the quota of {quotaGB} GB. Free some space, or pass a smaller quota.");
        }
    }

    /// <summary>What a VCH that exists stores already counts, and is not free any more: its quota is held against the whole datastore.</summary>
    public static void CheckChangedQuota(InventoryEntity? store, long quotaGB, CheckList checks)
    {
        if (IsQuota(quotaGB, checks) && store?.GetValue<long>("summary.capacity") is { } capacity && quotaGB > capacity / Gigabyte)
        {
            checks.Fail("StorageQuotaGB", $"'{store}' holds {Text(capacity)}, which is less than the quota of {quotaGB} GB. Pass a smaller quota.");
        }
    }

    private static bool IsQuota(long quotaGB, CheckList checks)
    {
        if (quotaGB < 0)
        {
            checks.Fail("StorageQuotaGB", $"{quotaGB} is no quota; 0 stands for no limit.");
        }

        return quotaGB >= 0;
    }

    private static string Text(long bytes) => (bytes / Gigabyte).ToString("0.0 GB", CultureInfo.InvariantCulture);
}
