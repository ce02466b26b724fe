using System.Text;

namespace Vic.Oci.Layers;

/// <summary>
/// A path inside a layer. It is relative to the root and never names anything above it. Names are bytes, as they are on Linux:
/// what is not UTF-8 is kept as it is.
/// </summary>
public sealed class LayerPath
{
    // PATH_MAX and NAME_MAX of Linux.
    private const int MaximumLength = 4095;
    private const int MaximumNameLength = 255;

    private readonly byte[] _bytes;
    private readonly int _nameStart;

    private LayerPath(byte[] bytes)
    {
        _bytes = bytes;
        _nameStart = bytes.AsSpan().LastIndexOf((byte)'/') + 1;
    }

    /// <summary>The root itself.</summary>
    public static LayerPath Root { get; } = new([]);

    /// <summary>Whether this is the root itself.</summary>
    public bool IsRoot => _bytes.Length == 0;

    /// <summary>The last component.</summary>
    public ReadOnlySpan<byte> Name => _bytes.AsSpan(_nameStart);

    /// <summary>The path's bytes, without a slash at either end.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The number of components.</summary>
    public int Depth => IsRoot ? 0 : _bytes.AsSpan().Count((byte)'/') + 1;

    /// <summary>The directory that holds this path; the root's is the root.</summary>
    public LayerPath Parent => _nameStart <= 1 ? Root : new LayerPath(_bytes[..(_nameStart - 1)]);

    /// <summary>Reads a name from an archive: <c>./a//b/</c> is <c>a/b</c>, and <c>/a</c> is <c>a</c>.</summary>
    /// <exception cref="LayerException">The path climbs with <c>..</c>, is too long or holds a zero byte.</exception>
    public static LayerPath Parse(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > MaximumLength || raw.Contains((byte)0))
        {
            throw new LayerException(LayerErrorKind.InvalidPath, "a path of the layer is longer than 4095 bytes or holds a zero byte");
        }

        var kept = new byte[raw.Length];
        var length = 0;
        foreach (var range in raw.Split((byte)'/'))
        {
            var component = raw[range];
            if (component.IsEmpty || component.SequenceEqual("."u8))
            {
                continue;
            }

            if (component.SequenceEqual(".."u8))
            {
                throw new LayerException(LayerErrorKind.InvalidPath, $"the path '{Encoding.UTF8.GetString(raw)}' climbs out of the layer's root");
            }

            if (component.Length > MaximumNameLength)
            {
                throw new LayerException(LayerErrorKind.InvalidPath, "a name of the layer is longer than 255 bytes");
            }

            if (length > 0)
            {
                kept[length++] = (byte)'/';
            }

            component.CopyTo(kept.AsSpan(length));
            length += component.Length;
        }

        return length == 0 ? Root : new LayerPath(kept[..length]);
    }

    /// <summary>Another name in the same directory.</summary>
    public LayerPath Sibling(ReadOnlySpan<byte> name) => new([.. _bytes.AsSpan(0, _nameStart), .. name]);

    /// <summary>Whether two paths are the same bytes.</summary>
    public bool IsSame(LayerPath other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override string ToString() => IsRoot ? "/" : Encoding.UTF8.GetString(_bytes);
}
