using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Lab.Api;

/// <summary>The lab's TLS certificate: self-signed, made anew at each start.</summary>
internal static class LabCertificate
{
    /// <summary>Makes a certificate for loopback and for the address under which guests see the lab.</summary>
    public static X509Certificate2 Create(IEnumerable<IPAddress> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=VIC lab", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var address in addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));
    }

    /// <summary>The digest of a certificate as vSphere prints it: hexadecimal pairs with colons.</summary>
    public static string Thumbprint(X509Certificate2 certificate, HashAlgorithmName algorithm)
        => string.Join(':', certificate.GetCertHash(algorithm).Select(value => value.ToString("X2", null)));
}
