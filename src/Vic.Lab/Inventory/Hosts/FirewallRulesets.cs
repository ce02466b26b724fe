using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Hosts;

/// <summary>The rulesets that an ESXi 6.7 host comes with: what <c>esxcli network firewall ruleset list</c> prints of a new one.</summary>
internal static class FirewallRulesets
{
    // Key, label, whether ESXi enables it, the service behind it, and rules: direction, ports, protocol; ports of the source begin with "src".
    private static readonly (string Key, string Label, bool Enabled, string? Service, string Rules)[] Known =
    [
        ("CIMHttpServer", "CIM Server", true, "sfcbd-watchdog", "in 5988 tcp"),
        ("CIMHttpsServer", "CIM Secure Server", true, "sfcbd-watchdog", "in 5989 tcp"),
        ("CIMSLP", "CIM SLP", true, null, "in 427 udp, out 427 udp, in 427 tcp, out 427 tcp"),
        ("DHCPv6", "DHCPv6", true, null, "out 547 tcp, in 546 tcp, out 547 udp, in 546 udp"),
        ("DVSSync", "DVSSync", true, null, "out 8302 udp, in 8301 udp, out 8301 udp, in 8302 udp"),
        ("HBR", "HBR", true, null, "out 31031 tcp, out 44046 tcp"),
        ("NFC", "NFC", true, null, "in 902 tcp, out 902 tcp"),
        ("WOL", "WOL", true, null, "out 9 udp"),
        ("dhcp", "DHCP Client", true, null, "in 68 udp, out src68 udp"),
        ("dns", "DNS Client", true, null, "in src53 udp, out 53 udp, out 53 tcp"),
        ("esxupdate", "esxupdate", false, null, "out 443 tcp"),
        ("faultTolerance", "Fault Tolerance", true, null, "out 80 tcp, in 8300 tcp, out 8300 tcp"),
        ("ftpClient", "FTP Client", false, null, "out 21 tcp, in src20 tcp"),
        ("httpClient", "httpClient", false, null, "out 80 tcp, out 443 tcp"),
        ("iSCSI", "Software iSCSI Client", false, null, "out 3260 tcp"),
        ("nfs41Client", "nfs41Client", false, null, "out 0-65535 tcp"),
        ("nfsClient", "NFS Client", false, null, "out 0-65535 tcp"),
        ("ntpClient", "NTP Client", false, "ntpd", "out 123 udp"),
        ("remoteSerialPort", "VM serial port connected over network", false, null, "out 0-65535 tcp, in 23 tcp, in 1024-65535 tcp"),
        ("snmp", "SNMP Server", true, "snmpd", "in 161 udp"),
        ("sshClient", "SSH Client", false, null, "out 22 tcp"),
        ("sshServer", "SSH Server", true, null, "in 22 tcp"),
        ("syslog", "syslog", false, null, "out 514 udp, out 514 tcp, out 1514 tcp"),
        ("updateManager", "vCenter Update Manager", true, null, "out 80 tcp, out 9000-9100 tcp"),
        ("vic-engine", "VIC Engine", false, null, "out 2377 tcp"),
        ("vMotion", "vMotion", true, null, "in 8000 tcp, out 8000 tcp"),
        ("vSPC", "VM serial port connected to vSPC", false, null, "out 0-65535 tcp"),
        ("vSphereClient", "vSphere Web Client", true, null, "in 902 tcp, in 443 tcp"),
        ("vpxHeartbeats", "VMware vCenter Agent", true, "vpxa", "out 902 udp"),
        ("vvold", "vvold", false, null, "out 0-65535 tcp"),
        ("webAccess", "vSphere Web Access", true, null, "in 80 tcp"),
    ];

    /// <summary>The rulesets of a new host.</summary>
    public static List<HostFirewallRuleset> Of(HostFirewallOptions options) => [.. Known.Select(known => new HostFirewallRuleset
    {
        Key = known.Key,
        Label = known.Label,
        Required = false,
        Service = known.Service,
        Enabled = (known.Enabled || options.EnabledRulesets.Contains(known.Key)) && !options.DisabledRulesets.Contains(known.Key),
        AllowedHosts = new HostFirewallRulesetIpList { AllIp = true },
        Rule = [.. known.Rules.Split(", ").Select(Rule)],
    })];

    private static HostFirewallRule Rule(string text)
    {
        var parts = text.Split(' ');
        var isSource = parts[1].StartsWith("src", StringComparison.Ordinal);
        var ports = (isSource ? parts[1][3..] : parts[1]).Split('-');
        return new HostFirewallRule
        {
            Port = int.Parse(ports[0], CultureInfo.InvariantCulture),
            EndPort = ports.Length == 2 ? int.Parse(ports[1], CultureInfo.InvariantCulture) : 0,
            Direction = parts[0] == "in" ? HostFirewallRuleDirection.Inbound : HostFirewallRuleDirection.Outbound,
            PortType = isSource ? HostFirewallRulePortType.Src : HostFirewallRulePortType.Dst,
            Protocol = parts[2],
        };
    }
}
