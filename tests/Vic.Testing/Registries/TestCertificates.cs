using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Testing.Registries;

/// <summary>An authority of its own and a certificate for 127.0.0.1 and localhost.</summary>
public sealed class TestCertificates
{
    public TestCertificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (start, end) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var authorityRequest = new CertificateRequest("CN=registry tests", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(start, end);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, start, end, [1, 2, 3, 4]);
        AuthorityPem = authority.ExportCertificatePem();
        CertificatePem = certificate.ExportCertificatePem();
        KeyPem = key.ExportECPrivateKeyPem();
        CertificateDer = certificate.RawData;
    }

    public string AuthorityPem { get; }

    public string CertificatePem { get; }

    public string KeyPem { get; }

    public byte[] CertificateDer { get; }
}
