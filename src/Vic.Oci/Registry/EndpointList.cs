using Vic.Oci.References;

namespace Vic.Oci.Registry;

/// <summary>Knows where a registry's content can be had, best place first: mirrors, TLS, and plain HTTP where that is allowed.</summary>
internal sealed class EndpointList(RegistryOptions options)
{
    // The registry behind the name docker.io.
    private const string DefaultHost = "registry-1.docker.io";

    private readonly InsecureRegistries _insecure = new(options.InsecureRegistries);

    public async Task<IReadOnlyList<RegistryEndpoint>> ForAsync(string domain, CancellationToken cancellationToken)
    {
        if (domain != ImageReference.DefaultDomain)
        {
            return await AtAsync(domain, cancellationToken).ConfigureAwait(false);
        }

        var endpoints = new List<RegistryEndpoint>();
        foreach (var mirror in options.Mirrors)
        {
            var address = mirror.AbsoluteUri.EndsWith('/') ? mirror : new Uri(mirror.AbsoluteUri + "/");
            var insecure = await _insecure.ContainsAsync(mirror.Authority, cancellationToken).ConfigureAwait(false);
            endpoints.Add(new RegistryEndpoint(address, insecure, IsMirror: true));
        }

        endpoints.Add(new RegistryEndpoint(new Uri($"https://{DefaultHost}/"), TrustsAnyCertificate: false, IsMirror: false));
        return endpoints;
    }

    private async Task<IReadOnlyList<RegistryEndpoint>> AtAsync(string authority, CancellationToken cancellationToken)
    {
        var insecure = await _insecure.ContainsAsync(authority, cancellationToken).ConfigureAwait(false);
        var tls = new RegistryEndpoint(new Uri($"https://{authority}/"), insecure, IsMirror: false);
        return insecure ? [tls, new RegistryEndpoint(new Uri($"http://{authority}/"), insecure, IsMirror: false)] : [tls];
    }
}
