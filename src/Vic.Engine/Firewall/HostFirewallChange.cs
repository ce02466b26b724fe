namespace Vic.Engine.Firewall;

/// <summary>What was done with the firewall of one host.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Ruleset">The key of the ruleset that lets serial ports out.</param>
/// <param name="WasAllowed">Whether it was enabled before.</param>
/// <param name="IsAllowed">Whether it is enabled now.</param>
public sealed record HostFirewallChange(string Host, string Ruleset, bool WasAllowed, bool IsAllowed);
