using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vic.Configuration;

namespace Vic.Endpoint.Configuration;

/// <summary>The certificates of the configuration, ready for use.</summary>
internal static class ServerCertificates
{
    /// <summary>The server's certificate with its key; null = no TLS.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate or its key cannot be read.</exception>
    public static X509Certificate2? Server(CertificateConfiguration configuration) =>
        configuration.HostCertificate is { Certificate.Length: > 0 } own
            ? X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(own.Certificate), Encoding.UTF8.GetString(own.Key))
            : null;

    /// <summary>What stands below the server's own certificate in its PEM.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate cannot be read.</exception>
    public static X509Certificate2Collection Chain(CertificateConfiguration configuration)
    {
        var chain = Authorities(configuration.HostCertificate?.Certificate ?? []);
        if (chain.Count > 0)
        {
            chain.RemoveAt(0);
        }

        return chain;
    }

    /// <summary>Certificates in PEM, one after the other.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One of them cannot be read.</exception>
    public static X509Certificate2Collection Authorities(byte[] pem)
    {
        var authorities = new X509Certificate2Collection();
        if (pem.Length > 0)
        {
            authorities.ImportFromPem(Encoding.UTF8.GetString(pem));
        }

        return authorities;
    }
}
