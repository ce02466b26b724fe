using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Hosts;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>One run of an esxcli command, under the store's lock.</summary>
internal sealed class EsxCliCall(LabWorld world, HostEntity host, EsxCliArguments arguments)
{
    public HostEntity Host { get; } = host;

    public HostFirewall Firewall { get; } = new(world, host);

    public EsxCliArguments Arguments { get; } = arguments;

    /// <summary>The ruleset that <c>rulesetid</c> names.</summary>
    /// <exception cref="EsxCliException">None is named, or there is no such ruleset.</exception>
    public HostFirewallRuleset Ruleset()
    {
        var id = Arguments.Text("rulesetid") ?? throw new EsxCliException("Missing required parameter -r|--ruleset-id");
        return (Firewall.Info.Ruleset ?? []).Find(ruleset => ruleset.Key == id)
            ?? throw new EsxCliException($"Invalid or Unknown rulesetId: {id}");
    }

    /// <summary>The ruleset that <c>rulesetid</c> names, or all of them.</summary>
    public IEnumerable<HostFirewallRuleset> Rulesets() => Arguments.Text("rulesetid") is null ? Firewall.Info.Ruleset ?? [] : [Ruleset()];
}
