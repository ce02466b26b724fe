using System.Security.Cryptography.X509Certificates;

namespace Vic.Endpoint.Api.Revocation;

/// <summary>What tells a certificate from all others: its issuer and the number that the issuer gave it.</summary>
/// <param name="Issuer">The issuer's distinguished name, in DER.</param>
/// <param name="SerialNumber">The serial number as hexadecimal digits.</param>
internal readonly record struct CertificateIdentity(ReadOnlyMemory<byte> Issuer, string SerialNumber)
{
    /// <summary>The identity of a certificate, which may be disposed of afterwards.</summary>
    public static CertificateIdentity Of(X509Certificate2 certificate) =>
        new(certificate.IssuerName.RawData, Convert.ToHexString(certificate.SerialNumberBytes.Span));
}
