namespace Vic.Lab;

/// <summary>How the firewall of each host stands at the start; a check of firewalls is tested with one that is wrong.</summary>
public sealed record HostFirewallOptions
{
    /// <summary>Whether the firewall is in force.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether what no ruleset allows is blocked, in both directions.</summary>
    public bool BlocksByDefault { get; init; } = true;

    /// <summary>Keys of rulesets that are enabled besides those that ESXi enables itself, such as <c>remoteSerialPort</c>.</summary>
    public IReadOnlyList<string> EnabledRulesets { get; init; } = [];

    /// <summary>Keys of rulesets that are disabled although ESXi enables them itself, such as <c>sshServer</c>.</summary>
    public IReadOnlyList<string> DisabledRulesets { get; init; } = [];
}
