using System.Buffers;
using Vic.Oci.References;
using ZstdSharp;

namespace Vic.Oci.Layers;

/// <summary>Unpacks a layer as a registry holds it: decompresses, applies, and verifies the uncompressed content's digest.</summary>
public static class LayerUnpacker
{
    private const int BufferSize = 128 << 10;

    /// <summary>
    /// Unpacks <paramref name="compressed"/> into <paramref name="directory"/>, which holds the layers below. Both the compressed
    /// stream and the archive are read to their ends, so that every digest is checked. Gives docker's size of the layer.
    /// </summary>
    /// <exception cref="LayerException">The layer cannot be unpacked, or is not what <paramref name="diffId"/> names.</exception>
    public static async Task<long> UnpackAsync(
        Stream compressed, Digest diffId, string directory, LayerLimits limits, CancellationToken cancellationToken)
    {
        using var hash = diffId.StartHash();
        try
        {
            await using var plain = await LayerDecompressor.OpenAsync(compressed, cancellationToken).ConfigureAwait(false);
            await using var hashed = new HashedStream(plain, hash, limits.UncompressedSize);
            await using var buffered = new BufferedStream(hashed, BufferSize);
            var size = await LayerApplier.ApplyAsync(buffered, directory, limits, cancellationToken).ConfigureAwait(false);
            await DrainAsync(buffered, cancellationToken).ConfigureAwait(false);
            await DrainAsync(compressed, cancellationToken).ConfigureAwait(false);
            return diffId.Matches(hash)
                ? size
                : throw new LayerException(LayerErrorKind.DigestMismatch, $"layers from manifest don't match image configuration: {diffId} expected");
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new LayerException(LayerErrorKind.InvalidArchive, $"the layer's compression is damaged: {e.Message}", e);
        }
    }

    private static async Task DrainAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
