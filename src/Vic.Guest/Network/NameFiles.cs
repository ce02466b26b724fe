using System.Net;
using System.Text;

namespace Vic.Guest.Network;

/// <summary>The texts of /etc/hosts, /etc/hostname and /etc/resolv.conf.</summary>
public static class NameFiles
{
    /// <summary>Lines of /etc/hosts: loopback, further entries, then the machine's own address and names.</summary>
    /// <param name="hostName">The machine's name.</param>
    /// <param name="domainName">Its domain, or empty.</param>
    /// <param name="address">Its address, or null without a network.</param>
    /// <param name="entries">Further entries as <c>name:address</c>.</param>
    public static string Hosts(string hostName, string domainName, IPAddress? address, IEnumerable<string> entries)
    {
        var text = new StringBuilder()
            .Append("127.0.0.1\tlocalhost\n")
            .Append("::1\tlocalhost ip6-localhost ip6-loopback\n")
            .Append("fe00::0\tip6-localnet\n")
            .Append("ff00::0\tip6-mcastprefix\n")
            .Append("ff02::1\tip6-allnodes\n")
            .Append("ff02::2\tip6-allrouters\n");
        foreach (var entry in entries)
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && IPAddress.TryParse(entry.AsSpan(colon + 1), out var known))
                text.Append(known).Append('\t').Append(entry, 0, colon).Append('\n');
        }
        if (address is not null)
        {
            text.Append(address).Append('\t');
            if (domainName.Length > 0)
                text.Append(hostName).Append('.').Append(domainName).Append(' ');
            text.Append(hostName).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Lines of /etc/resolv.conf.</summary>
    public static string Resolver(IEnumerable<string> servers, IReadOnlyCollection<string> search, IReadOnlyCollection<string> options)
    {
        var text = new StringBuilder();
        foreach (var server in servers)
            text.Append("nameserver ").Append(server).Append('\n');
        if (search.Count > 0)
            text.Append("search ").AppendJoin(' ', search).Append('\n');
        if (options.Count > 0)
            text.Append("options ").AppendJoin(' ', options).Append('\n');
        return text.ToString();
    }
}
