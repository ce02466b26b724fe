using Vic.Vim25;

namespace Vic.Engine.Firewall;

/// <summary>The firewall of one host.</summary>
public sealed class HostFirewall
{
    internal HostFirewall(string name, ManagedObjectReference? system, HostFirewallRuleset? ruleset)
    {
        Name = name;
        System = system;
        Ruleset = ruleset;
    }

    /// <summary>The host's name.</summary>
    public string Name { get; }

    internal ManagedObjectReference? System { get; }

    internal HostFirewallRuleset? Ruleset { get; }
}
