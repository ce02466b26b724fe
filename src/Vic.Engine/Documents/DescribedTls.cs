using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;

namespace Vic.Engine.Documents;

/// <summary>The certificates of a VCH in the words of a request. Keys are secrets, and files are of one computer: neither is told.</summary>
internal static class DescribedTls
{
    /// <param name="mode">How the Docker API is protected.</param>
    /// <param name="server">The server certificate as PEM text; null in the clear.</param>
    /// <param name="authorities">The authorities of clients as PEM text; empty without any.</param>
    /// <param name="vch">The name of the VCH.</param>
    /// <param name="implied">The names that a certificate gets by itself: of addresses.</param>
    /// <exception cref="FormatException">A certificate is damaged.</exception>
    public static TlsRequest Describe(TlsMode mode, string? server, string authorities, string vch, IReadOnlyCollection<string> implied)
    {
        if (server is null)
        {
            return new TlsRequest { Mode = mode, CertificatePath = "" };
        }

        var certificate = CertificatePemReader.ReadCertificate(server);
        var organizations = certificate.SubjectDN.GetValueList(X509Name.O);
        return Describe(mode, CertificateFacts.Read(CertificateKind.Server, server)[0].Names, Keys(certificate), [.. organizations], vch, implied) with
        {
            ClientAuthorities = mode == TlsMode.Mutual && !AreMadeWith(certificate, authorities) ? SplitPem(authorities) : [],
        };
    }

    public static TlsRequest Describe(
        TlsMode mode, IReadOnlyList<string> names, KeyRecipe keys, IReadOnlyList<string> organizations, string vch, IReadOnlyCollection<string> implied) => new()
    {
        Mode = mode,
        CertificatePath = "",
        CommonName = names.FirstOrDefault(name => !implied.Contains(name, StringComparer.OrdinalIgnoreCase)
            && !(mode == TlsMode.ServerOnly && string.Equals(name, vch, StringComparison.OrdinalIgnoreCase))),
        Keys = keys,
        Organizations = organizations is [var only] && only == vch ? [] : organizations,
    };

    /// <summary>The certificates of a PEM text, each by itself.</summary>
    public static IReadOnlyList<string> SplitPem(string pem)
    {
        const string End = "-----END CERTIFICATE-----";
        return pem.Replace("\r", "").Split([End], StringSplitOptions.None).Select(part => part.Trim()).Where(part => part.Length > 0)
            .Select(part => $"{part}\n{End}\n").ToList();
    }

    // An authority that was made with the server certificate signs itself and has its organizations; it is made anew with a new one.
    private static bool AreMadeWith(X509Certificate server, string authorities) =>
        CertificatePemReader.ReadCertificates(authorities).ToList() is [var authority]
        && authority.SubjectDN.Equivalent(authority.IssuerDN)
        && server.IssuerDN.Equivalent(authority.SubjectDN)
        && authority.SubjectDN.GetValueList(X509Name.O).SequenceEqual(server.SubjectDN.GetValueList(X509Name.O));

    private static KeyRecipe Keys(X509Certificate certificate) => certificate.GetPublicKey() switch
    {
        ECPublicKeyParameters ec => new KeyRecipe(KeyAlgorithm.Ecdsa, ec.Parameters.Curve.FieldSize),
        RsaKeyParameters rsa => new KeyRecipe(KeyAlgorithm.Rsa, rsa.Modulus.BitLength),
        _ => KeyRecipe.Default,
    };
}
