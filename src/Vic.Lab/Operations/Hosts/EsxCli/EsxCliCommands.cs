using System.Globalization;
using System.Xml;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>The commands that the lab's hosts know: <c>esxcli network firewall</c> and its rulesets.</summary>
internal static class EsxCliCommands
{
    private const string Vim = "urn:vim25";

    private static readonly EsxCliCommand.Parameter RulesetId = new("rulesetid", "ruleset-id", 'r', "The label of the ruleset.");

    private static readonly EsxCliCommand[] All =
    [
        new("network.firewall.get", "Get the firewall status.", [], call => EsxCliXml.Object(
            "VimEsxCLInetworkfirewallgetFirewall",
            ("DefaultAction", call.Firewall.Info.DefaultPolicy.OutgoingBlocked == true ? "DROP" : "PASS"),
            ("Enabled", Text(call.Host.IsFirewallEnabled)),
            ("Loaded", Text(call.Host.IsFirewallLoaded)))),
        new("network.firewall.load", "Load firewall module and rulesets configuration.", [], call => Load(call, true)),
        new("network.firewall.unload", "Allow unload firewall module.", [], call => Load(call, false)),
        new("network.firewall.refresh", "Load ruleset configuration for firewall.", [], Refresh),
        new(
            "network.firewall.set",
            "Set firewall enabled status and default action.",
            [
                new("defaultaction", "default-action", 'd', "Set to true to set defaultaction PASS, set to false to DROP."),
                new("enabled", "enabled", 'e', "Set to true to enable the firewall, set to false to disable the firewall."),
            ],
            Set),
        new("network.firewall.ruleset.list", "List the rulesets in firewall.", [RulesetId], call => EsxCliXml.List(
            "VimEsxCLInetworkfirewallrulesetlistRuleset",
            call.Rulesets().Select(ruleset => new[] { ("Enabled", Text(ruleset.Enabled)), ("Name", ruleset.Key) }))),
        new(
            "network.firewall.ruleset.set",
            "Set firewall ruleset status (allowedAll flag and enabled status).",
            [
                new("allowedall", "allowed-all", 'a', "Set to true to allowed all ip, set to false to use allowed ip list."),
                new("enabled", "enabled", 'e', "Set to true to enable ruleset, set to false to disable it."),
                RulesetId,
            ],
            SetRuleset),
        new("network.firewall.ruleset.rule.list", "List the rules of each ruleset in firewall.", [RulesetId], call => EsxCliXml.List(
            "VimEsxCLInetworkfirewallrulesetrulelistFirewallPortRule",
            call.Rulesets().SelectMany(ruleset => ruleset.Rule.Select(rule => Rule(ruleset, rule))))),
    ];

    public static EsxCliCommand? Find(string name) => Array.Find(All, command => command.Name == name);

    /// <summary>Describes a namespace: its commands, their parameters, and how answers are shown.</summary>
    /// <exception cref="EsxCliException">There is no such namespace.</exception>
    public static string Describe(string name)
    {
        var commands = Array.FindAll(All, command => command.Namespace == name);
        if (commands.Length == 0)
        {
            throw new EsxCliException($"Unknown namespace {name.Replace('.', ' ')}.");
        }

        return EsxCliXml.Write(xml =>
        {
            xml.WriteAttributeString("xsi", "type", "http://www.w3.org/2001/XMLSchema-instance", "VimCLIInfoInfo");
            WriteItem(xml, name, name[(name.LastIndexOf('.') + 1)..], string.Empty);
            foreach (var command in commands)
            {
                xml.WriteStartElement("method", Vim);
                WriteItem(xml, command.ShortName, command.ShortName, command.Help);
                foreach (var parameter in command.Parameters)
                {
                    xml.WriteStartElement("param", Vim);
                    WriteItem(xml, parameter.Name, parameter.Option, parameter.Help);
                    xml.WriteElementString("aliases", Vim, $"-{parameter.Letter}");
                    xml.WriteElementString("aliases", Vim, $"--{parameter.Option}");
                    xml.WriteElementString("flag", Vim, "false");
                    xml.WriteEndElement();
                }

                xml.WriteStartElement("hints", Vim);
                xml.WriteElementString("key", Vim, "formatter");
                xml.WriteElementString("value", Vim, command.Formatter);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        });
    }

    private static void WriteItem(XmlWriter xml, string name, string displayName, string help)
    {
        xml.WriteElementString("name", Vim, name);
        xml.WriteElementString("displayName", Vim, displayName);
        xml.WriteElementString("help", Vim, help);
    }

    private static string Load(EsxCliCall call, bool loaded)
    {
        call.Host.IsFirewallLoaded = loaded;
        return EsxCliXml.Boolean(true);
    }

    private static string Refresh(EsxCliCall call)
    {
        call.Firewall.Refresh();
        return EsxCliXml.Boolean(true);
    }

    private static string Set(EsxCliCall call)
    {
        if (call.Arguments.Flag("defaultaction") is { } pass)
        {
            call.Firewall.SetDefaultPolicy(blocked: !pass);
        }

        call.Host.IsFirewallEnabled = call.Arguments.Flag("enabled") ?? call.Host.IsFirewallEnabled;
        return EsxCliXml.Boolean(true);
    }

    private static string SetRuleset(EsxCliCall call)
    {
        var ruleset = call.Ruleset();
        var enabled = call.Arguments.Flag("enabled");
        var all = call.Arguments.Flag("allowedall");
        if (enabled is null && all is null)
        {
            throw new EsxCliException("Either -e|--enabled or -a|--allowed-all is expected.");
        }

        if (enabled is { } enable)
        {
            call.Firewall.Enable(ruleset.Key, enable);
        }

        if (all is { } allowed)
        {
            call.Firewall.Allow(ruleset.Key, new HostFirewallRulesetIpList
            {
                AllIp = allowed,
                IpAddress = ruleset.AllowedHosts?.IpAddress,
                IpNetwork = ruleset.AllowedHosts?.IpNetwork,
            });
        }

        return EsxCliXml.Boolean(true);
    }

    private static (string Name, string Value)[] Rule(HostFirewallRuleset ruleset, HostFirewallRule rule) =>
    [
        ("Direction", rule.Direction == HostFirewallRuleDirection.Inbound ? "Inbound" : "Outbound"),
        ("PortBegin", rule.Port.ToString(CultureInfo.InvariantCulture)),
        ("PortEnd", (rule.EndPort is { } end and > 0 ? end : rule.Port).ToString(CultureInfo.InvariantCulture)),
        ("PortType", rule.PortType == HostFirewallRulePortType.Src ? "Src" : "Dst"),
        ("Protocol", rule.Protocol.ToUpperInvariant()),
        ("Ruleset", ruleset.Key),
    ];

    private static string Text(bool value) => XmlConvert.ToString(value);
}
