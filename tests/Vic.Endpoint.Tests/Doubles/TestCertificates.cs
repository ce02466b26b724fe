using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Testing.Files;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>An authority with a server's and a client's certificate, in the files that docker's client reads.</summary>
internal static class TestCertificates
{
    public static void WriteTo(TemporaryFolder folder)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder["ca.pem"], authority.ExportCertificatePem());
        Issue(authority, "CN=server", "1.3.6.1.5.5.7.3.1", folder["server-cert.pem"], folder["server-key.pem"]);
        Issue(authority, "CN=client", "1.3.6.1.5.5.7.3.2", folder["cert.pem"], folder["key.pem"]);
    }

    private static void Issue(X509Certificate2 authority, string name, string usage, string certificatePath, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
    }
}
