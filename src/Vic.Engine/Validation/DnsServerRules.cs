using System.Net;
using Vic.Configuration;

namespace Vic.Engine.Validation;

/// <summary>Reads the DNS servers of an endpoint.</summary>
internal static class DnsServerRules
{
    /// <summary>The servers that are addresses; of the others the list is told.</summary>
    public static List<GuestAddress> Read(IReadOnlyList<string> texts, CheckList checks)
    {
        var servers = new List<GuestAddress>();
        foreach (var text in texts)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                servers.Add(GuestAddress.From(address));
            }
            else
            {
                checks.Fail("DnsServer", $"'{text}' is not an IP address.");
            }
        }

        return servers;
    }
}
