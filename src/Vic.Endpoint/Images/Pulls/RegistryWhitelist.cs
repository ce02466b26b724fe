using System.Net;
using Vic.Endpoint.Errors;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>The only registries that images may come from; every registry when it is empty (vmware/vic, pkg/registry).</summary>
internal sealed class RegistryWhitelist
{
    private const string DockerHub = "docker.io";

    private static readonly string[] DockerHubNames = [DockerHub, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

    private readonly List<IPNetwork> _networks = [];
    private readonly List<string> _domains = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="entries"><c>host[:port]</c>, <c>*.domain</c> or address ranges.</param>
    /// <param name="insecure">Registries that somebody trusts without TLS belong to a list that is not empty.</param>
    public RegistryWhitelist(IReadOnlyList<string> entries, IEnumerable<string> insecure)
    {
        IsActive = entries.Count > 0;
        foreach (var entry in IsActive ? entries.Concat(insecure) : [])
        {
            Add(entry);
        }
    }

    /// <summary>Whether anything is forbidden.</summary>
    public bool IsActive { get; }

    /// <exception cref="EngineException">The registry of the image is not on the list.</exception>
    public async Task CheckAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (IsActive && !await ContainsAsync(reference.Domain, cancellationToken).ConfigureAwait(false))
        {
            throw new EngineException(
                EngineErrorKind.Forbidden, $"Access denied to unauthorized registry ({reference.Domain}) while the virtual container host is in whitelist mode");
        }
    }

    private void Add(string entry)
    {
        if (IPNetwork.TryParse(entry, out var network))
        {
            _networks.Add(network);
        }
        else if (entry.StartsWith("*.", StringComparison.Ordinal))
        {
            _domains.Add(entry[1..]);
        }
        else
        {
            var scheme = entry.IndexOf("://", StringComparison.Ordinal);
            var host = (scheme < 0 ? entry : entry[(scheme + 3)..]).TrimEnd('/');
            _hosts.Add(DockerHubNames.Contains(host, StringComparer.OrdinalIgnoreCase) ? DockerHub : host);
        }
    }

    private async Task<bool> ContainsAsync(string registry, CancellationToken cancellationToken)
    {
        var host = new UriBuilder("https://" + registry).Host.Trim('[', ']');
        return _hosts.Contains(registry) || _hosts.Contains(host)
            || _domains.Exists(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
            || (_networks.Count > 0 && (await ResolveAsync(host, cancellationToken).ConfigureAwait(false)).Any(address => _networks.Exists(network => IsIn(address, network))));
    }

    private static bool IsIn(IPAddress address, IPNetwork network) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // A name that nobody knows is on no list.
            return [];
        }
    }
}
