namespace Vic.Configuration;

/// <summary>A range of addresses, both ends included.</summary>
public sealed class AddressRange : IGuestInfoStructure
{
    /// <summary>The lowest address.</summary>
    public GuestAddress? First { get; set; }

    /// <summary>The highest address.</summary>
    public GuestAddress? Last { get; set; }

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        First = map.Address(key.Child("first", GuestInfoScope.ReadOnly), First);
        Last = map.Address(key.Child("last", GuestInfoScope.ReadOnly), Last);
    }
}
