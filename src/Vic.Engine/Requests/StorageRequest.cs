namespace Vic.Engine.Requests;

/// <summary>How much a VCH may store, and where volumes go.</summary>
public sealed record StorageRequest
{
    /// <summary>What images and containers may take together, in gigabytes; 0 for no limit.</summary>
    public long QuotaGB { get; init; }

    /// <summary>The places for volumes.</summary>
    public IReadOnlyList<VolumeStoreRequest> VolumeStores { get; init; } = [];
}
