namespace Vic.Configuration;

/// <summary>A network as an item of a list.</summary>
public sealed class GuestNetworkEntry : IGuestInfoStructure
{
    /// <summary>The network; null where an item of the list has no value.</summary>
    public GuestNetwork? Value { get; set; }

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key) => Value = map.Network(key, Value);
}
