using Vic.Guest.Logs;
using Vic.Guest.Network;
using Vic.Guest.Processes;

namespace Vic.Tether.Appliance;

/// <summary>Lets containers out through the endpoint's public address, and keeps them from everything else.</summary>
internal static class Firewall
{
    public static async Task ApplyAsync(NetworkLink bridge, NetworkLink outside, CancellationToken cancellationToken)
    {
        var request = new ProcessRequest { Arguments = ["/usr/sbin/nft", "-f", "-"], StandardInput = true };
        using var process = await ProcessLauncher.StartAsync(request, cancellationToken).ConfigureAwait(false);
        await process.StandardInput!.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Rules(bridge.Name, outside.Name)), cancellationToken).ConfigureAwait(false);
        await process.StandardInput.DisposeAsync().ConfigureAwait(false);
        using var errors = new StreamReader(process.StandardError!);
        var text = await errors.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        if ((await process.Exit.ConfigureAwait(false)).Code != 0)
            GuestLog.Write($"nft: {text.Trim()}");
    }

    /// <summary>Published ports are the endpoint's own table; what it translates is let through here.</summary>
    private static string Rules(string bridge, string outside) => $$"""
        table ip vic {
          chain postrouting {
            type nat hook postrouting priority srcnat;
            oifname "{{outside}}" masquerade
          }
          chain forward {
            type filter hook forward priority filter; policy drop;
            ct state established,related accept
            iifname "{{bridge}}" oifname != "{{bridge}}" accept
            ct status dnat accept
          }
          chain input {
            type filter hook input priority filter; policy accept;
            iifname != "{{bridge}}" accept
            ct state established,related accept
            icmp type echo-request accept
            udp dport 53 accept
            tcp dport { 53, 2379 } accept
            ct status dnat accept
            drop
          }
        }

        """;
}
