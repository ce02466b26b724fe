using System.Net;
using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>
/// Whether hosts may open the connections by which they bring serial ports to the endpoint. Only containers without a bridge network need them:
/// all others are attached to through the network.
/// </summary>
internal static class FirewallCheck
{
    /// <summary>Where the endpoint awaits serial ports.</summary>
    public const int SerialPort = 2377;

    private const string Effect = "docker attach, exec and run -it do not work on these hosts for containers without a bridge network (--network none)";

    public static void Check(IReadOnlyList<InventoryEntity> hosts, IPAddress? endpoint, CheckList checks)
    {
        checks.Begin("Firewall");
        var findings = hosts.Select(host => (Host: host, Finding: Look(host.Get<HostFirewallInfo>("config.firewall"), endpoint))).ToList();
        foreach (var group in findings.Where(finding => finding.Finding != Finding.Open).GroupBy(finding => finding.Finding))
        {
            var names = string.Join(", ", group.Select(finding => finding.Host.Name));
            checks.Warn($"{Describe(group.Key)} on {names}; {Effect}.", Remedy(group.Key));
        }

        checks.Pass($"Outgoing TCP to port {SerialPort} is allowed on {hosts.Count} host{(hosts.Count == 1 ? "" : "s")}.");
    }

    /// <summary>Whether a ruleset lets a host connect to the endpoint's serial port service.</summary>
    public static bool Covers(HostFirewallRuleset ruleset) => ruleset.Rule.Any(rule =>
        rule.Direction == HostFirewallRuleDirection.Outbound
        && rule.PortType != HostFirewallRulePortType.Src
        && string.Equals(rule.Protocol, "tcp", StringComparison.OrdinalIgnoreCase)
        && rule.Port <= SerialPort && LastPort(rule) >= SerialPort);

    // ESXi writes 0 where a rule is for one port.
    private static int LastPort(HostFirewallRule rule) => rule.EndPort is > 0 and var last ? last : rule.Port;

    private static Finding Look(HostFirewallInfo? firewall, IPAddress? endpoint)
    {
        if (firewall is null)
        {
            return Finding.Unreadable;
        }

        if (firewall.DefaultPolicy.OutgoingBlocked == false)
        {
            return Finding.Open;
        }

        var covering = (firewall.Ruleset ?? []).Where(ruleset => ruleset.Enabled && Covers(ruleset)).ToList();
        return covering.Count == 0 ? Finding.Closed
            : covering.Any(ruleset => ruleset.AllowedHosts is null or { AllIp: true }) ? Finding.Open
            : endpoint is null ? Finding.Unknown
            : covering.Any(ruleset => Allows(ruleset.AllowedHosts!, endpoint)) ? Finding.Open : Finding.NotForEndpoint;
    }

    private static bool Allows(HostFirewallRulesetIpList allowed, IPAddress endpoint) =>
        (allowed.IpAddress ?? []).Any(text => IPAddress.TryParse(text, out var address) && address.Equals(endpoint))
        || (allowed.IpNetwork ?? []).Any(network =>
            EndpointAddress.TryNetwork($"{network.Network}/{network.PrefixLength}") is { } range && EndpointAddress.Contains(range, endpoint));

    private static string Describe(Finding finding) => finding switch
    {
        Finding.Closed => $"No enabled firewall ruleset allows outgoing TCP to port {SerialPort}",
        Finding.NotForEndpoint => $"The firewall allows outgoing TCP to port {SerialPort}, but not to the endpoint's address,",
        Finding.Unknown => $"The firewall allows outgoing TCP to port {SerialPort} to some addresses only, and the endpoint's comes from DHCP,",
        _ => "The firewall cannot be read",
    };

    private static string Remedy(Finding finding) => finding switch
    {
        Finding.Closed => "Open it: Set-VCHFirewall -Allow",
        Finding.NotForEndpoint => "Add the endpoint's management address to the ruleset's allowed addresses.",
        Finding.Unknown => "Add the endpoint's network to the ruleset's allowed addresses, or give it a -ManagementNetworkAddress.",
        _ => "Connect with an account that may read the hosts' configuration.",
    };

    private enum Finding
    {
        Open,
        Closed,
        NotForEndpoint,
        Unknown,
        Unreadable,
    }
}
