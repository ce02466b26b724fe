using Vic.Endpoint.Images.Pulls;

namespace Vic.Endpoint.Images;

/// <summary>What images may cost on the way into the store.</summary>
internal sealed record ImageStoreOptions
{
    /// <summary>Where layers wait that are downloaded before their turn.</summary>
    public string SpoolFolder { get; init; } = "/var/spool/vic/layers";

    /// <summary>How many bytes may wait there; the appliance's root is in memory.</summary>
    public long SpoolBudget { get; init; } = 256L << 20;

    /// <summary>The most bytes that a layer may have when it is uncompressed: what fits the containers' file system.</summary>
    public long MaximumLayerSize { get; init; } = 8L << 30;

    /// <summary>The registries that images may come from.</summary>
    public RegistryWhitelist Whitelist { get; init; } = new([], []);
}
