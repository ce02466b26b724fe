using System.Net;

namespace Vic.Oci.Registry;

/// <summary>Decides which registries may be spoken to without a trusted certificate, by name or by address range. Unlike docker's daemon it knows no exception for its own loopback, where no registry of a user can be.</summary>
internal sealed class InsecureRegistries
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public InsecureRegistries(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                _networks.Add(network);
            }
            else
            {
                var scheme = entry.IndexOf("://", StringComparison.Ordinal);
                _hosts.Add((scheme < 0 ? entry : entry[(scheme + 3)..]).TrimEnd('/'));
            }
        }
    }

    public async Task<bool> ContainsAsync(string authority, CancellationToken cancellationToken)
    {
        var host = new UriBuilder("https://" + authority).Host.Trim('[', ']');
        if (_hosts.Contains(authority) || _hosts.Contains(host))
        {
            return true;
        }

        return (await ResolveAsync(host, cancellationToken).ConfigureAwait(false)).Any(IsInside);
    }

    private bool IsInside(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        if (_networks.Count == 0)
        {
            return [];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return [];
        }
    }
}
