using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vic.Configuration;
using Vic.Endpoint.Configuration;

namespace Vic.Endpoint.Tests.Configuration;

/// <summary>A server certificate of the user may bring those between itself and an authority that clients know.</summary>
public sealed class ServerCertificatesTests
{
    [Fact]
    public void What_stands_below_the_servers_own_certificate_is_sent_with_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string Certificate(string name) => new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)).ExportCertificatePem() + "\n";
        var configuration = new CertificateConfiguration
        {
            HostCertificate = new RawCertificate
            {
                Certificate = Encoding.UTF8.GetBytes(Certificate("server") + Certificate("between")),
                Key = Encoding.UTF8.GetBytes(key.ExportPkcs8PrivateKeyPem()),
            },
        };

        Assert.Equal("CN=server", ServerCertificates.Server(configuration)!.Subject);
        Assert.Equal(["CN=between"], ServerCertificates.Chain(configuration).Select(certificate => certificate.Subject));
        Assert.Empty(ServerCertificates.Chain(new CertificateConfiguration()));
    }
}
