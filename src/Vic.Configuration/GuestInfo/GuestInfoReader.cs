using System.Globalization;

namespace Vic.Configuration;

/// <summary>
/// Reads a configuration key by key. The API side passes the whole map of <c>extraConfig</c>; a guest cannot list its keys and
/// passes a function that asks for one.
/// </summary>
public sealed class GuestInfoReader : GuestInfoMapper
{
    private readonly Func<string, string?> source;
    private readonly SecretKey? secretKey;
    private int lookups;
    private int hits;

    /// <summary>Creates a reader.</summary>
    /// <param name="source">Gives a key's value, or null where there is none.</param>
    /// <param name="secretKey">Opens sealed values; without it they are left as they were.</param>
    public GuestInfoReader(Func<string, string?> source, SecretKey? secretKey = null)
    {
        this.source = source;
        this.secretKey = secretKey;
    }

    /// <summary>Creates a reader over all keys of a virtual machine.</summary>
    public GuestInfoReader(IReadOnlyDictionary<string, string> values, SecretKey? secretKey = null)
        : this(name => values.TryGetValue(name, out var value) ? value : null, secretKey)
    {
    }

    /// <summary>Creates a reader for a guest: the secret key comes from the same source.</summary>
    /// <exception cref="GuestConfigurationException">The secret key is not a key.</exception>
    public static GuestInfoReader ForGuest(Func<string, string?> source) => new(source, ReadSecretKey(source));

    /// <summary>The virtual machine's secret key, or null where it has none.</summary>
    /// <exception cref="GuestConfigurationException">The value is not a key.</exception>
    public static SecretKey? ReadSecretKey(Func<string, string?> source)
    {
        var text = source(GuestInfoKey.SecretKeyName);
        if (string.IsNullOrEmpty(text))
            return null;
        return SecretKey.TryParse(text!, out var key)
            ? key
            : throw new GuestConfigurationException(GuestInfoKey.SecretKeyName, "is not a secret key");
    }

    internal override string Text(GuestInfoKey key, string value) => Get(key) ?? value;

    internal override bool Flag(GuestInfoKey key, bool value) => Get(key) switch
    {
        null => value,
        "true" or "1" or "t" or "T" or "TRUE" or "True" => true,
        "" or "false" or "0" or "f" or "F" or "FALSE" or "False" => false,
        _ => throw new GuestConfigurationException(key.Name, "is not a truth value"),
    };

    internal override long Number(GuestInfoKey key, long value)
    {
        var text = Get(key);
        if (text is null)
            return value;
        if (text.Length == 0)
            return 0;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new GuestConfigurationException(key.Name, "is not a number");
    }

    internal override int Integer(GuestInfoKey key, int value)
    {
        var number = Number(key, value);
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new GuestConfigurationException(key.Name, "is out of range");
    }

    internal override byte[] Bytes(GuestInfoKey key, byte[] value)
    {
        var text = Get(key);
        if (text is null)
            return value;
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new GuestConfigurationException(key.Name, "is not base64");
        }
    }

    internal override GuestTime? Time(GuestInfoKey key, GuestTime? value)
    {
        var text = Get(key);
        if (string.IsNullOrEmpty(text))
            return value;
        return GuestTime.TryParse(text!, out var time) ? time : throw new GuestConfigurationException(key.Name, "is not a time");
    }

    internal override List<string> Texts(GuestInfoKey key, List<string> value)
    {
        var count = Count(key);
        var joined = count < 0 ? null : Get(key.Values());
        if (joined is null)
            return count < 0 ? value : [];

        // An item that contains the separator makes more parts than items; such a list has a key for each item as well.
        var parts = joined.Split(GuestInfoKey.EntrySeparator);
        if (parts.Length == count)
            return [.. parts];

        var items = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var item = Get(key.Entry(Index(i)));
            if (item is null && parts.Length < count)
                throw new GuestConfigurationException(key.Name, "counts more items than there are");
            items.Add(item ?? parts[i]);
        }

        return items;
    }

    internal override Dictionary<string, string> TextEntries(GuestInfoKey key, Dictionary<string, string> value)
    {
        var names = EntryNames(key);
        if (names is null)
            return value;
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Get(key.Entry(name)) is { } text)
                entries[name] = text;
        }

        return entries;
    }

    internal override T? Optional<T>(GuestInfoKey key, T? value, Func<T> create)
        where T : class
    {
        var before = hits;
        var structure = value ?? create();
        structure.Map(this, key);
        return hits == before ? value : structure;
    }

    internal override List<T> Items<T>(GuestInfoKey key, List<T> value, Func<T> create)
    {
        var count = Count(key);
        if (count < 0)
            return value;
        var items = new List<T>();
        for (var i = 0; i < count; i++)
        {
            var item = create();
            item.Map(this, key.Entry(Index(i)));
            items.Add(item);
        }

        return items;
    }

    internal override Dictionary<string, T> Entries<T>(GuestInfoKey key, Dictionary<string, T> value, Func<T> create)
    {
        var names = EntryNames(key);
        if (names is null)
            return value;
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Optional(key.Entry(name), null, create) is { } entry)
                entries[name] = entry;
        }

        return entries;
    }

    internal override List<GuestAddress> Addresses(GuestInfoKey key, List<GuestAddress> value)
    {
        var count = Count(key);
        if (count < 0)
            return value;
        var addresses = new List<GuestAddress>();
        for (var i = 0; i < count; i++)
        {
            if (Address(key.Entry(Index(i)), null) is { } address)
                addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>The number of items of a list, whose key holds the last index; -1 where the key is absent.</summary>
    private int Count(GuestInfoKey key)
    {
        var text = Get(key);
        if (string.IsNullOrEmpty(text))
            return -1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < GuestInfoLimits.ListItems
            ? last + 1
            : throw new GuestConfigurationException(key.Name, "is not the last index of a list");
    }

    private string[]? EntryNames(GuestInfoKey key)
    {
        var text = Get(key);
        if (string.IsNullOrEmpty(text))
            return null;
        var names = text!.Split(GuestInfoKey.EntrySeparator);
        if (names.Length > GuestInfoLimits.MapEntries)
            throw new GuestConfigurationException(key.Name, "has too many entries");
        foreach (var name in names)
        {
            if (name.Length > GuestInfoLimits.MapKeyLength)
                throw new GuestConfigurationException(key.Name, "has an entry with too long a name");
        }

        return names;
    }

    private string? Get(GuestInfoKey key)
    {
        if (++lookups > GuestInfoLimits.Lookups)
            throw new GuestConfigurationException(key.Name, "belongs to a configuration with too many keys");
        if (!key.IsStored || (key.IsSecret && secretKey is null))
            return null;

        var value = source(key.Name);
        if (string.IsNullOrEmpty(value))
            return null;
        if (value!.Length > GuestInfoLimits.ValueLength)
            throw new GuestConfigurationException(key.Name, "is too long");

        hits++;
        value = GuestInfoText.Unescape(value);
        if (!key.IsSecret)
            return value;
        return secretKey!.TryOpen(value, out var text)
            ? text
            : throw new GuestConfigurationException(key.Name, "does not open with the virtual machine's secret key");
    }

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);
}
