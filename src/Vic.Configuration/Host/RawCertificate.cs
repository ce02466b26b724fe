namespace Vic.Configuration;

/// <summary>A certificate and its private key, in PEM.</summary>
public sealed class RawCertificate : IGuestInfoStructure
{
    /// <summary>The private key. Sealed.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>The certificate.</summary>
    public byte[] Certificate { get; set; } = [];

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Key = map.Bytes(key.Child("Key", GuestInfoScope.Secret), Key);
        Certificate = map.Bytes(key.Child("Cert"), Certificate);
    }
}
