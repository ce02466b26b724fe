namespace Vic.Configuration;

/// <summary>Certificates of a virtual container host.</summary>
public sealed class CertificateConfiguration
{
    /// <summary>Certificates of users; the reference system has the keys and no use for them.</summary>
    public List<RawCertificate> UserCertificates { get; set; } = [];

    /// <summary>Certificates for outgoing connections by network; without use as well.</summary>
    public Dictionary<string, RawCertificate> NetworkCertificates { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The endpoint's own certificate; none when it serves without TLS.</summary>
    public RawCertificate? HostCertificate { get; set; }

    /// <summary>The authorities of client certificates, in PEM; clients need none when empty.</summary>
    public byte[] CertificateAuthorities { get; set; } = [];

    /// <summary>The authorities of registries, in PEM.</summary>
    public byte[] RegistryCertificateAuthorities { get; set; } = [];

    /// <summary>Certificates for particular servers by name; without use as well.</summary>
    public Dictionary<string, RawCertificate> HostCertificates { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The authorities' lists of revoked client certificates, in PEM (our key). Hidden from the guest, because a running one is not told of other keys:
    /// the endpoint reads it through the API.
    /// </summary>
    public byte[] RevocationLists { get; set; } = [];

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        UserCertificates = map.Items(key.Child("UserCertificates"), UserCertificates, static () => new RawCertificate());
        NetworkCertificates = map.Entries(key.Child("NetworkCertificates"), NetworkCertificates, static () => new RawCertificate());
        HostCertificate = map.Optional(key.Child("HostCertificate", GuestInfoScope.ReadOnly), HostCertificate, static () => new RawCertificate());
        CertificateAuthorities = map.Bytes(key.Child("CertificateAuthorities", GuestInfoScope.ReadOnly), CertificateAuthorities);
        RegistryCertificateAuthorities = map.Bytes(
            key.Child("RegistryCertificateAuthorities", GuestInfoScope.ReadOnly), RegistryCertificateAuthorities);
        RevocationLists = map.Bytes(key.Child("RevocationLists", GuestInfoScope.Hidden), RevocationLists);
        HostCertificates = map.Entries(key.Child("HostCertificates"), HostCertificates, static () => new RawCertificate());
    }
}
