namespace Vic.Configuration;

/// <summary>How a guest and its endpoint find and prove each other (our keys).</summary>
public sealed class AttachConfiguration
{
    /// <summary>Bytes of <see cref="Key"/> and of <see cref="Master"/>.</summary>
    public const int KeyLength = 32;

    /// <summary>The session key of one container's virtual machine; opens no other session. Sealed.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>The endpoint's key from which every session key is derived; only in the appliance. Sealed.</summary>
    public byte[] Master { get; set; } = [];

    /// <summary><c>address:port</c> of the endpoint on the bridge network; empty when the session runs over the serial port only.</summary>
    public string Address { get; set; } = "";

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Key = map.Bytes(key.Child("key", GuestInfoScope.Secret), Key);
        Master = map.Bytes(key.Child("master", GuestInfoScope.Secret), Master);
        Address = map.TextIfSet(key.Child("address", GuestInfoScope.ReadOnly), Address);
    }
}
