using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Vic.Engine.Certificates;

/// <summary>The certificates and keys of one VCH as PEM text. Keys are secrets; the client's never leaves this machine.</summary>
public sealed class CertificateSet
{
    /// <summary>The authority's certificate; null when the server certificate signs itself.</summary>
    public string? Authority { get; init; }

    /// <summary>The authority's private key; null when there is no authority, or its key is kept elsewhere.</summary>
    public string? AuthorityKey { get; init; }

    /// <summary>The endpoint's certificate.</summary>
    public required string Server { get; init; }

    /// <summary>The endpoint's private key.</summary>
    public required string ServerKey { get; init; }

    /// <summary>The Docker client's certificate; null when clients need none.</summary>
    public string? Client { get; init; }

    /// <summary>The Docker client's private key; null when clients need none.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Client certificate, key and authority as PKCS #12 without a password; null when clients need none.</summary>
    public byte[]? ClientPfx() => Client is null || ClientKey is null
        ? null
        : KeyedCertificate.FromPem(Client, ClientKey).ToPfx(Authority);

    /// <summary>What the set holds, one entry a certificate.</summary>
    /// <exception cref="FormatException">A certificate is damaged.</exception>
    public IReadOnlyList<CertificateFacts> Facts() =>
    [
        .. CertificateFacts.Read(CertificateKind.ClientAuthority, Authority ?? ""),
        .. CertificateFacts.Read(CertificateKind.Server, Server),
        .. CertificateFacts.Read(CertificateKind.Client, Client ?? ""),
    ];

    /// <summary>Makes the certificates of a new VCH.</summary>
    /// <param name="issuer">Who makes them.</param>
    /// <param name="mode">With client certificates, or without.</param>
    /// <param name="names">What clients dial; the first becomes the common name. Not empty.</param>
    /// <exception cref="ArgumentException">The mode has no certificates.</exception>
    public static CertificateSet Create(CertificateIssuer issuer, TlsMode mode, IReadOnlyList<SubjectName> names)
    {
        switch (mode)
        {
            case TlsMode.Mutual:
                var authority = issuer.CreateAuthority();
                var server = issuer.IssueServer(names, authority);
                var client = issuer.IssueClient(authority);
                return new CertificateSet
                {
                    Authority = authority.CertificatePem,
                    AuthorityKey = authority.PrivateKeyPem,
                    Server = server.CertificatePem,
                    ServerKey = server.PrivateKeyPem,
                    Client = client.CertificatePem,
                    ClientKey = client.PrivateKeyPem,
                };
            case TlsMode.ServerOnly:
                var own = issuer.IssueServer(names, authority: null);
                return new CertificateSet { Server = own.CertificatePem, ServerKey = own.PrivateKeyPem };
            default:
                throw new ArgumentException("Plain HTTP has no certificates.", nameof(mode));
        }
    }

    /// <summary>Makes a certificate for one more client, by the authority of this set.</summary>
    /// <returns>The authority's certificate, and the client's certificate and key.</returns>
    /// <exception cref="VicException">The authority's key is not here.</exception>
    public ClientCertificate IssueClient(CertificateIssuer issuer, string name)
    {
        if (Authority is null || AuthorityKey is null)
        {
            throw new VicException("NoAuthorityKey", VicErrorKind.NotFound, "The key of the authority (ca-key.pem) is not there, so nothing can be signed with it.");
        }

        return new ClientCertificate(Authority, issuer.IssueClient(KeyedCertificate.FromPem(Authority, AuthorityKey), name));
    }

    /// <summary>
    /// What stands in the way of using these certificates for a VCH that clients dial by the given names; null when nothing does.
    /// </summary>
    public string? WhyNotUsableFor(TlsMode mode, IReadOnlyList<SubjectName> names, DateTimeOffset now)
    {
        try
        {
            return mode == TlsMode.Mutual && (Authority is null || Client is null || ClientKey is null)
                ? "they hold no authority and client certificate"
                : Check("server certificate", Server, ServerKey, now)
                    ?? (Client is null ? null : Check("client certificate", Client, ClientKey!, now))
                    ?? WhyNotFor(names);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return "they cannot be read as PEM";
        }
    }

    /// <summary>What stands in the way of using the server certificate with its key; null when nothing does.</summary>
    internal string? WhyServerNotUsable(DateTimeOffset now) => CheckPair("server certificate", Server, ServerKey, now);

    /// <summary>Whether one of the authorities has signed the server certificate or one of its chain.</summary>
    internal bool IsServerIssuedByAuthority =>
        CertificatePemReader.ReadCertificates(Server).Any(certificate => IsIssuedByAny(certificate, Authority ?? ""));

    /// <summary>Whether a client that dials a name takes the server certificate.</summary>
    internal bool ServerCovers(SubjectName name) =>
        CertificateFacts.Read(CertificateKind.Server, Server)[0].Names.Any(own => Covers(own, name.Text));

    /// <summary>Whether any certificate of a PEM text has signed a certificate.</summary>
    internal static bool IsIssuedByAny(X509Certificate certificate, string authorities) =>
        CertificatePemReader.ReadCertificates(authorities).Any(authority => IsIssuedBy(certificate, authority));

    private static bool IsIssuedBy(X509Certificate certificate, X509Certificate authority)
    {
        try
        {
            return certificate.IsSignatureValid(authority.GetPublicKey());
        }
        catch (Exception exception) when (exception is GeneralSecurityException or ArgumentException or InvalidCastException)
        {
            // The authority's key is of another kind than the signature.
            return false;
        }
    }

    // RFC 6125, 6.4.3: a wildcard stands for one label.
    private static bool Covers(string pattern, string name) =>
        string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.') is > 0 and var dot
            && string.Equals(pattern.Substring(1), name.Substring(dot), StringComparison.OrdinalIgnoreCase));

    private string? Check(string what, string certificatePem, string keyPem, DateTimeOffset now) =>
        CheckPair(what, certificatePem, keyPem, now)
        ?? (Authority is null || IsIssuedByAny(CertificatePemReader.ReadCertificate(certificatePem), Authority)
            ? null
            : $"the {what} was signed by another authority");

    private static string? CheckPair(string what, string certificatePem, string keyPem, DateTimeOffset now)
    {
        var certificate = CertificatePemReader.ReadCertificate(certificatePem);
        if (!certificate.IsValid(now.UtcDateTime))
        {
            return $"the {what} is valid only from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}";
        }

        return Matches(certificate, CertificatePemReader.ReadPrivateKey(keyPem)) ? null : $"the key of the {what} belongs to another certificate";
    }

    private string? WhyNotFor(IReadOnlyList<SubjectName> names)
    {
        var present = CertificatePemReader.ReadCertificate(Server).GetSubjectAlternativeNameExtension()?.GetNames()
            .Select(name => name.Name.ToString()).ToList() ?? [];
        var wanted = names.Where(name => !present.Contains(name.ToGeneralName().Name.ToString(), StringComparer.OrdinalIgnoreCase)).ToList();
        return wanted.Count == 0 ? null : $"the server certificate is not valid for {string.Join(", ", wanted)}";
    }

    private static bool Matches(X509Certificate certificate, AsymmetricKeyParameter privateKey) => privateKey switch
    {
        RsaPrivateCrtKeyParameters rsa =>
            certificate.GetPublicKey() is RsaKeyParameters key && key.Modulus.Equals(rsa.Modulus),
        ECPrivateKeyParameters ec =>
            certificate.GetPublicKey() is ECPublicKeyParameters key
            && key.Parameters.G.Multiply(ec.D).Equals(key.Q),
        _ => false,
    };
}
