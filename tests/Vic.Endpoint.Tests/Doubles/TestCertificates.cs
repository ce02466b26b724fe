using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Testing.Files;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>An authority with a server's and two clients' certificates, in the files that docker's client reads.</summary>
internal static class TestCertificates
{
    /// <summary>The folder of the other client, below that of the first.</summary>
    public const string OtherClient = "other";

    public static void WriteTo(TemporaryFolder folder)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder["ca.pem"], authority.ExportCertificatePem());
        Issue(authority, "CN=server", "1.3.6.1.5.5.7.3.1", folder["server-cert.pem"], folder["server-key.pem"]);
        Issue(authority, "CN=client", "1.3.6.1.5.5.7.3.2", folder["cert.pem"], folder["key.pem"]);
        Directory.CreateDirectory(folder[OtherClient]);
        File.Copy(folder["ca.pem"], Path.Combine(folder[OtherClient], "ca.pem"));
        Issue(authority, "CN=other", "1.3.6.1.5.5.7.3.2", Path.Combine(folder[OtherClient], "cert.pem"), Path.Combine(folder[OtherClient], "key.pem"));
        File.WriteAllText(folder["ca-key.pem"], authorityKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The authority's list with the certificate of a file on it.</summary>
    public static string Revoke(TemporaryFolder folder, string certificatePath)
    {
        using var authority = X509Certificate2.CreateFromPemFile(folder["ca.pem"], folder["ca-key.pem"]);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(certificate);
        var keyId = X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: false, includeIssuerAndSerial: true);
        return PemEncoding.WriteString("X509 CRL", list.Build(
            authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!),
            1,
            DateTimeOffset.UtcNow.AddDays(1),
            HashAlgorithmName.SHA256,
            keyId));
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
