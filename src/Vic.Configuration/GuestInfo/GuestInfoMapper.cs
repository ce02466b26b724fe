namespace Vic.Configuration;

/// <summary>
/// One pass over a configuration, in either direction. Each structure describes its keys once, so reading and writing cannot differ.
/// </summary>
public abstract class GuestInfoMapper
{
    private protected GuestInfoMapper()
    {
    }

    internal abstract string Text(GuestInfoKey key, string value);

    internal abstract bool Flag(GuestInfoKey key, bool value);

    internal abstract long Number(GuestInfoKey key, long value);

    internal abstract byte[] Bytes(GuestInfoKey key, byte[] value);

    internal abstract GuestTime? Time(GuestInfoKey key, GuestTime? value);

    internal abstract List<string> Texts(GuestInfoKey key, List<string> value);

    internal abstract Dictionary<string, string> TextEntries(GuestInfoKey key, Dictionary<string, string> value);

    internal abstract T? Optional<T>(GuestInfoKey key, T? value, Func<T> create)
        where T : class, IGuestInfoStructure;

    internal abstract List<T> Items<T>(GuestInfoKey key, List<T> value, Func<T> create)
        where T : class, IGuestInfoStructure;

    internal abstract Dictionary<string, T> Entries<T>(GuestInfoKey key, Dictionary<string, T> value, Func<T> create)
        where T : class, IGuestInfoStructure;

    internal abstract List<GuestAddress> Addresses(GuestInfoKey key, List<GuestAddress> value);

    internal abstract int Integer(GuestInfoKey key, int value);

    internal GuestAddress? Address(GuestInfoKey key, GuestAddress? value)
    {
        var bytes = Bytes(key, value?.GetBytes() ?? []);
        return bytes.Length == 0 ? null : GuestAddress.TryFromBytes(bytes)
            ?? throw new GuestConfigurationException(key.Name, "is not an IP address");
    }

    internal GuestNetwork? Network(GuestInfoKey key, GuestNetwork? value)
    {
        var address = Address(key.Child("IP"), value?.Address);
        var mask = Bytes(key.Child("Mask"), value?.Mask.GetBytes() ?? []);
        if (address is null || mask.Length == 0)
            return null;
        return new GuestNetwork(address, GuestMask.TryFromBytes(mask)
            ?? throw new GuestConfigurationException(key.Name, "has a mask that is not a prefix"));
    }

    internal GuestMask? Mask(GuestInfoKey key, GuestMask? value)
    {
        var bytes = Bytes(key, value?.GetBytes() ?? []);
        return bytes.Length == 0 ? null : GuestMask.TryFromBytes(bytes)
            ?? throw new GuestConfigurationException(key.Name, "is not a network mask");
    }

    /// <summary>A time span; stored as nanoseconds.</summary>
    internal TimeSpan Duration(GuestInfoKey key, TimeSpan value) =>
        TimeSpan.FromTicks(Number(key, checked(value.Ticks * 100)) / 100);
}
