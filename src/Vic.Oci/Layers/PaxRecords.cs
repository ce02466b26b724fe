using System.Globalization;
using System.Text;

namespace Vic.Oci.Layers;

/// <summary>The records of a pax extended header (POSIX.1-2001, pax, "Extended Header"), and GNU tar's sparse files in them.</summary>
internal sealed class PaxRecords
{
    private const string AttributePrefix = "SCHILY.xattr.";

    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private readonly List<FileExtent> _extents = [];
    private long _pendingOffset = -1;

    public Dictionary<string, byte[]> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>The sparse map of formats 0.0 and 0.1; null when the header has none.</summary>
    public List<FileExtent>? Extents => _extents.Count > 0 || _values.ContainsKey("GNU.sparse.numblocks") ? _extents : null;

    /// <summary>Whether the sparse map precedes the file's content (format 1.0).</summary>
    public bool HasMapInContent => Number("GNU.sparse.major") == 1;

    public byte[]? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Adds the records of a header; an empty value takes an earlier one back.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty && content[0] != 0)
        {
            var space = content.IndexOf((byte)' ');
            if (space is < 1 or > 9 || !int.TryParse(content[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 2 || length > content.Length || content[length - 1] != '\n')
            {
                throw TarHeader.Invalid("an extended header is damaged");
            }

            var record = content[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw TarHeader.Invalid("an extended header is damaged");
            }

            Set(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..].ToArray());
            content = content[length..];
        }
    }

    public long? Number(string key)
    {
        if (_values.GetValueOrDefault(key) is not { } value)
        {
            return null;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw TarHeader.Invalid($"the extended header '{key}' is not a number");
    }

    public DateTimeOffset? Time(string key)
    {
        if (_values.GetValueOrDefault(key) is not { } value)
        {
            return null;
        }

        return decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? UnixTime.From(seconds)
            : throw TarHeader.Invalid($"the extended header '{key}' is not a time");
    }

    private void Set(string key, byte[] value)
    {
        if (key.StartsWith(AttributePrefix, StringComparison.Ordinal))
        {
            Attributes[key[AttributePrefix.Length..]] = value;
        }
        else if (value.Length == 0)
        {
            _values.Remove(key);
        }
        else
        {
            _values[key] = value;
            AddExtent(key, value);
        }
    }

    private void AddExtent(string key, byte[] value)
    {
        switch (key)
        {
            case "GNU.sparse.offset":
                _pendingOffset = Number(key) ?? -1;
                break;
            case "GNU.sparse.numbytes" when _pendingOffset >= 0:
                _extents.Add(new FileExtent(_pendingOffset, Number(key) ?? 0));
                _pendingOffset = -1;
                break;
            case "GNU.sparse.map":
                var numbers = Encoding.ASCII.GetString(value).Split(',');
                for (var i = 0; i + 1 < numbers.Length; i += 2)
                {
                    _extents.Add(new FileExtent(ParseNumber(numbers[i]), ParseNumber(numbers[i + 1])));
                }

                break;
        }
    }

    private static long ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw TarHeader.Invalid("a sparse map is damaged");
}
