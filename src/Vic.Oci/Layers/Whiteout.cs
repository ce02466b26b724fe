namespace Vic.Oci.Layers;

/// <summary>The names that hide files of lower layers (OCI image specification, layer.md, "Whiteouts").</summary>
internal static class Whiteout
{
    public static ReadOnlySpan<byte> Prefix => ".wh."u8;

    /// <summary>Hides everything that lower layers have in this directory.</summary>
    public static ReadOnlySpan<byte> Opaque => ".wh..wh..opq"u8;

    /// <summary>AUFS's own bookkeeping, which means nothing here.</summary>
    public static ReadOnlySpan<byte> MetadataPrefix => ".wh..wh."u8;
}
