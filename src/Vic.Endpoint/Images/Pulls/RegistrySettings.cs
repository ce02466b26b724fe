using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vic.Configuration;
using Vic.Oci.Registry;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>Turns a virtual container host's configuration into the registry client's options.</summary>
internal static class RegistrySettings
{
    /// <summary>Reads the registries, their authorities, and the proxies of the endpoint's environment.</summary>
    /// <exception cref="FormatException">A mirror or a proxy has no valid address.</exception>
    public static RegistryOptions From(VirtualContainerHostConfiguration configuration, Func<string, string?> environment)
    {
        var authorities = new X509Certificate2Collection();
        if (configuration.Certificates.RegistryCertificateAuthorities is { Length: > 0 } pem)
        {
            authorities.ImportFromPem(Encoding.UTF8.GetString(pem));
        }

        return new RegistryOptions
        {
            InsecureRegistries = configuration.Registries.Insecure,
            CertificateAuthorities = authorities,
            Mirrors = [.. configuration.Registries.Mirrors.Select(ToAddress)],
            Proxy = ProxySettings.Parse(environment("HTTP_PROXY"), environment("HTTPS_PROXY"), environment("NO_PROXY")),
        };
    }

    // A mirror without a scheme is one with TLS.
    private static Uri ToAddress(string mirror) =>
        Uri.TryCreate(mirror.Contains("://", StringComparison.Ordinal) ? mirror : "https://" + mirror, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new FormatException($"the registry mirror '{mirror}' is not an address");
}
