using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities.Encoders;
using Org.BouncyCastle.X509;

namespace Vic.Engine.Certificates;

/// <summary>What an administrator wants to know of a certificate.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Subject">The subject's distinguished name.</param>
/// <param name="Issuer">The issuer's distinguished name.</param>
/// <param name="Names">The names that it is valid for; empty unless it is a server's.</param>
/// <param name="NotBefore">From when it is valid, UTC.</param>
/// <param name="NotAfter">Until when it is valid, UTC.</param>
/// <param name="Thumbprint">Its SHA-256 digest as upper-case hexadecimal digits.</param>
/// <param name="SerialNumber">Its serial number as upper-case hexadecimal digits.</param>
public sealed record CertificateFacts(
    CertificateKind Kind, string Subject, string Issuer, IReadOnlyList<string> Names, DateTime NotBefore, DateTime NotAfter, string Thumbprint, string SerialNumber)
{
    /// <summary>Reads all certificates of a PEM text.</summary>
    /// <exception cref="FormatException">The text is damaged.</exception>
    public static IReadOnlyList<CertificateFacts> Read(CertificateKind kind, string pem) =>
        CertificatePemReader.ReadCertificates(pem).Select(certificate => Of(kind, certificate)).ToList();

    private static CertificateFacts Of(CertificateKind kind, X509Certificate certificate)
    {
        var names = certificate.GetSubjectAlternativeNameExtension()?.GetNames()
            .Select(SubjectName.TryRead).Where(name => name is not null).Select(name => name!.Value.Text).ToList() ?? [];
        return new CertificateFacts(
            kind,
            certificate.SubjectDN.ToString(),
            certificate.IssuerDN.ToString(),
            names,
            certificate.NotBefore,
            certificate.NotAfter,
            Hex.ToHexString(DigestUtilities.CalculateDigest("SHA-256", certificate.GetEncoded()), upperCase: true),
            SerialNumbers.ToText(certificate.SerialNumber));
    }
}
