using System.Security.Cryptography;

namespace Vic.Oci.Layers;

/// <summary>Hashes what is read through it, and stops at a limit that hostile compression would pass.</summary>
internal sealed class HashedStream(Stream inner, IncrementalHash hash, long maximum) : ForwardStream
{
    private long _count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _count += read;
        if (_count > maximum)
        {
            throw new LayerException(LayerErrorKind.TooLarge, $"the layer has more than {maximum} bytes when it is uncompressed");
        }

        hash.AppendData(buffer.Span[..read]);
        return read;
    }
}
