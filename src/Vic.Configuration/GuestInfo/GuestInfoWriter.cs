using System.Globalization;

namespace Vic.Configuration;

/// <summary>Writes a configuration as keys and values, in the order in which the keys are to appear to a watching reader.</summary>
public sealed class GuestInfoWriter : GuestInfoMapper
{
    private readonly Action<string, string> sink;
    private readonly Func<string, string>? seal;
    private readonly Func<GuestInfoKey, bool>? filter;

    /// <summary>Creates a writer.</summary>
    /// <param name="sink">Takes a key and its value in the form for the virtual machine.</param>
    /// <param name="seal">
    /// Seals a secret value (<see cref="SecretKey.Seal(string)"/>). Without it secrets that are empty are left out and others are an error.
    /// </param>
    /// <param name="filter">The keys to write; all when null.</param>
    public GuestInfoWriter(Action<string, string> sink, Func<string, string>? seal = null, Func<GuestInfoKey, bool>? filter = null)
    {
        this.sink = sink;
        this.seal = seal;
        this.filter = filter;
    }

    internal override string Text(GuestInfoKey key, string value)
    {
        Put(key, value);
        return value;
    }

    internal override bool Flag(GuestInfoKey key, bool value)
    {
        Put(key, value ? "true" : "false");
        return value;
    }

    internal override long Number(GuestInfoKey key, long value)
    {
        Put(key, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    internal override int Integer(GuestInfoKey key, int value) => (int)Number(key, value);

    internal override byte[] Bytes(GuestInfoKey key, byte[] value)
    {
        if (value.Length > 0)
            Put(key, Convert.ToBase64String(value));
        return value;
    }

    internal override GuestTime? Time(GuestInfoKey key, GuestTime? value)
    {
        if (value is not null)
            Put(key, value.ToString());
        return value;
    }

    internal override List<string> Texts(GuestInfoKey key, List<string> value)
    {
        if (value.Count == 0)
            return value;

        var separated = true;
        foreach (var item in value)
            separated &= item.IndexOf(GuestInfoKey.EntrySeparator) < 0;
        Put(key.Values(), string.Join("|", value));
        for (var i = 0; !separated && i < value.Count; i++)
            Put(key.Entry(i.ToString(CultureInfo.InvariantCulture)), value[i]);
        Number(key, value.Count - 1);
        return value;
    }

    internal override Dictionary<string, string> TextEntries(GuestInfoKey key, Dictionary<string, string> value)
    {
        var names = SortedNames(key, value.Keys);
        foreach (var name in names)
            Put(key.Entry(name), value[name]);
        PutNames(key, names);
        return value;
    }

    internal override T? Optional<T>(GuestInfoKey key, T? value, Func<T> create)
        where T : class
    {
        value?.Map(this, key);
        return value;
    }

    internal override List<T> Items<T>(GuestInfoKey key, List<T> value, Func<T> create)
    {
        for (var i = 0; i < value.Count; i++)
            value[i].Map(this, key.Entry(i.ToString(CultureInfo.InvariantCulture)));
        if (value.Count > 0)
            Number(key, value.Count - 1);
        return value;
    }

    internal override Dictionary<string, T> Entries<T>(GuestInfoKey key, Dictionary<string, T> value, Func<T> create)
    {
        var names = SortedNames(key, value.Keys);
        foreach (var name in names)
            value[name].Map(this, key.Entry(name));
        PutNames(key, names);
        return value;
    }

    internal override List<GuestAddress> Addresses(GuestInfoKey key, List<GuestAddress> value)
    {
        for (var i = 0; i < value.Count; i++)
            Bytes(key.Entry(i.ToString(CultureInfo.InvariantCulture)), value[i].GetBytes());
        if (value.Count > 0)
            Number(key, value.Count - 1);
        return value;
    }

    private static List<string> SortedNames(GuestInfoKey key, IEnumerable<string> names)
    {
        var sorted = new List<string>(names);
        sorted.Sort(StringComparer.Ordinal);
        foreach (var name in sorted)
        {
            if (name.Length == 0 || name.IndexOf(GuestInfoKey.EntrySeparator) >= 0 || name.IndexOf('@') >= 0)
                throw new GuestConfigurationException(key.Name, "has an entry whose name is empty or contains '|' or '@'");
        }

        return sorted;
    }

    private void PutNames(GuestInfoKey key, List<string> names)
    {
        if (names.Count > 0)
            Put(key, string.Join("|", names));
    }

    private void Put(GuestInfoKey key, string value)
    {
        if (!key.IsStored || (filter is not null && !filter(key)))
            return;
        if (key.IsSecret)
        {
            if (seal is null && value.Length == 0)
                return;
            value = seal?.Invoke(value) ?? throw new GuestConfigurationException(key.Name, "is a secret and there is no key to seal it");
        }

        sink(key.Name, GuestInfoText.Escape(value));
    }
}
