using Vic.Engine.Inventory;
using Vic.Engine.Preflight;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Firewall;

/// <summary>The ruleset by which the hosts of a cluster may bring serial ports to endpoints (vmware/vic, cmd/vic-machine/update).</summary>
public sealed class HostFirewalls
{
    // ESXi 6.7 and later have the first, all others the second.
    private static readonly string[] Rulesets = ["vic-engine", "vSPC"];

    private readonly VimClient _client;

    /// <summary>Works through a session.</summary>
    public HostFirewalls(VimClient client) => _client = client;

    /// <summary>The hosts of a cluster, or one host.</summary>
    /// <param name="location">The cluster or host; null takes the only one there is.</param>
    /// <param name="progress">Told of the step.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="VicException">There is no such cluster or host, or more than one.</exception>
    public async Task<IReadOnlyList<HostFirewall>> FindAsync(
        InventorySelector? location, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading the hosts"));
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var checks = new CheckList();
        var resources = inventory.OfType("ClusterComputeResource", "ComputeResource");
        var chosen = new InventoryResolver(inventory, checks).One("Location", "cluster or host", location, resources, inventory.OfType("HostSystem"))
            ?? throw new VicException("LocationNotFound", VicErrorKind.NotFound, checks.Checks[0].Message);
        var hosts = chosen.Reference.Type == "HostSystem" ? [chosen] : inventory.Find(chosen.GetReferences("host"));
        return hosts.Select(host => new HostFirewall(host.Name, host.GetReference("configManager.firewallSystem"), Ruleset(host))).ToList();
    }

    /// <summary>Allows or denies on one host; a host that is so already is left alone.</summary>
    /// <exception cref="VicException">The host has no such ruleset, or cannot be changed.</exception>
    public async Task<HostFirewallChange> SetAsync(
        HostFirewall host, bool allow, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (host.System is not { } system || host.Ruleset is not { } ruleset)
        {
            throw new VicException(
                "NoFirewallRuleset",
                VicErrorKind.NotFound,
                $"The firewall of '{host.Name}' has no ruleset for outgoing TCP to port {FirewallCheck.SerialPort} ({string.Join(" or ", Rulesets)}).")
            {
                Target = host.Name,
                RecommendedAction = "Check that the host is connected and that the account may read its configuration.",
            };
        }

        if (ruleset.Enabled == allow)
        {
            return new HostFirewallChange(host.Name, ruleset.Key, allow, allow);
        }

        progress.Report(new($"{(allow ? "Allowing" : "Denying")} serial ports on {host.Name}"));
        var firewall = new HostFirewallSystem(_client, system);
        await (allow ? firewall.EnableRulesetAsync(ruleset.Key, cancellationToken) : firewall.DisableRulesetAsync(ruleset.Key, cancellationToken))
            .ConfigureAwait(false);
        return new HostFirewallChange(host.Name, ruleset.Key, !allow, allow);
    }

    private static HostFirewallRuleset? Ruleset(InventoryEntity host)
    {
        var known = host.Get<HostFirewallInfo>("config.firewall")?.Ruleset ?? [];
        return Rulesets.Select(key => known.FirstOrDefault(ruleset => ruleset.Key == key)).FirstOrDefault(ruleset => ruleset is not null);
    }
}
