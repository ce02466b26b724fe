using System.Net;
using System.Net.Sockets;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Hosts;

/// <summary>A host's firewall: its HostFirewallSystem, and the copy in the host's configuration. All of it under the store's lock.</summary>
internal sealed class HostFirewall(LabWorld world, HostEntity host)
{
    public HostFirewallInfo Info => System.Read<HostFirewallInfo>("firewallInfo")!;

    private ServiceObject System => world.Get<ServiceObject>(host.Parts.Firewall);

    /// <summary>What a new host's firewall is like.</summary>
    public static HostFirewallInfo Initial(HostFirewallOptions options) => new()
    {
        DefaultPolicy = new HostFirewallDefaultPolicy { IncomingBlocked = options.BlocksByDefault, OutgoingBlocked = options.BlocksByDefault },
        Ruleset = FirewallRulesets.Of(options),
    };

    /// <exception cref="VimFaultException">There is no such ruleset, or it is required.</exception>
    public void Enable(string id, bool enabled) => Change(id, ruleset =>
    {
        if (!enabled && ruleset.Required)
        {
            throw Faults.HostConfig($"The ruleset '{id}' is required and cannot be disabled.");
        }

        ruleset.Enabled = enabled;
    });

    /// <summary>Says which addresses a ruleset allows.</summary>
    /// <exception cref="VimFaultException">There is no such ruleset, or an address is malformed.</exception>
    public void Allow(string id, HostFirewallRulesetIpList allowed)
    {
        Check(allowed);
        Change(id, ruleset => ruleset.AllowedHosts = allowed);
    }

    public void SetDefaultPolicy(bool blocked) => Publish(info
        => info.DefaultPolicy = new HostFirewallDefaultPolicy { IncomingBlocked = blocked, OutgoingBlocked = blocked });

    /// <summary>Shows the firewall in the host's configuration as its system has it.</summary>
    public void Refresh()
    {
        var info = Info;
        host.UpdateConfig(config => config.Firewall = info);
    }

    private void Change(string id, Action<HostFirewallRuleset> change)
    {
        var found = (Info.Ruleset ?? []).Find(ruleset => ruleset.Key == id) ?? throw Faults.NotFound($"The firewall ruleset '{id}'");
        var changed = found.ShallowClone();
        change(changed);
        Publish(info => info.Ruleset = [.. info.Ruleset!.Select(ruleset => ruleset == found ? changed : ruleset)]);
    }

    private void Publish(Action<HostFirewallInfo> change)
    {
        var info = Info.ShallowClone();
        change(info);
        System.Write("firewallInfo", info);
        Refresh();
    }

    private static void Check(HostFirewallRulesetIpList allowed)
    {
        foreach (var text in allowed.IpAddress ?? [])
        {
            if (!IPAddress.TryParse(text, out _))
            {
                throw Faults.InvalidArgument("spec.allowedHosts.ipAddress", $"'{text}' is not an IP address.");
            }
        }

        foreach (var network in allowed.IpNetwork ?? [])
        {
            var isAddress = IPAddress.TryParse(network.Network, out var address);
            if (!isAddress || network.PrefixLength < 0 || network.PrefixLength > (address!.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            {
                throw Faults.InvalidArgument("spec.allowedHosts.ipNetwork", $"'{network.Network}' with that prefix length is not an IP network.");
            }
        }
    }
}
