using System.IO.Compression;
using ZstdSharp;

namespace Vic.Oci.Layers;

/// <summary>Opens a layer whatever it is compressed with; the first bytes tell, as media types are often wrong.</summary>
internal static class LayerDecompressor
{
    private const int PrefixLength = 4;

    public static async Task<Stream> OpenAsync(Stream compressed, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var length = await compressed.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var whole = new PrefixedStream(prefix.AsMemory(0, length), compressed);
        return prefix.AsSpan(0, length) switch
        {
            [0x1f, 0x8b, ..] => new GZipStream(whole, CompressionMode.Decompress),
            [0x28, 0xb5, 0x2f, 0xfd] or [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18] => new DecompressionStream(whole, leaveOpen: false),
            _ => whole,
        };
    }
}
