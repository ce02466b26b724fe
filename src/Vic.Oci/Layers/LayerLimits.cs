namespace Vic.Oci.Layers;

/// <summary>What a single layer may cost.</summary>
public sealed record LayerLimits
{
    /// <summary>The most bytes that the uncompressed archive may have.</summary>
    public long UncompressedSize { get; init; } = 64L << 30;

    /// <summary>The most entries.</summary>
    public int Entries { get; init; } = 4_000_000;

    /// <summary>The most directories that a path may lead through.</summary>
    public int Depth { get; init; } = 256;

    /// <summary>The most bytes of extended headers, long names and sparse maps of one entry.</summary>
    public int EntryMetadata { get; init; } = 1 << 20;
}
