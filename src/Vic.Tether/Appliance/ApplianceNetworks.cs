using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Network;
using Vic.Guest.Rpc;

namespace Vic.Tether.Appliance;

/// <summary>The endpoint's networks by role: client, public, management, bridge. Roles on one port group share a card.</summary>
internal sealed class ApplianceNetworks(GuestRpc rpc, ExecutorConfiguration configuration) : IDisposable
{
    private const string Bridge = "bridge";
    private const string Public = "public";
    private const string Client = "client";
    private const string DefaultHostName = "vch";

    private readonly NetworkSetup _networks = new(HostName(configuration), GuestLog.Write);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        HostIdentity.SetName(HostName(configuration));
        await rpc.ReportHostNameAsync(HostName(configuration), cancellationToken).ConfigureAwait(false);
        _networks.StartLoopback();
        _networks.AddressChanged = async (name, endpoint) =>
        {
            await ReportAsync(name, endpoint, cancellationToken).ConfigureAwait(false);
            await ReportAdaptersAsync(cancellationToken).ConfigureAwait(false);
        };

        // A card's networks are one task; which of its roles leads does not matter, but the default route must not get lost.
        var cards = configuration.Networks
            .GroupBy(network => network.Value.Id, StringComparer.Ordinal)
            .Select(roles => ApplyCardAsync([.. roles.OrderByDescending(role => role.Value.Network.Default)], cancellationToken));
        await Task.WhenAll(cards).ConfigureAwait(false);
        await ReportAdaptersAsync(cancellationToken).ConfigureAwait(false);
        WriteNameFiles();
        await TranslateAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _networks.Dispose();

    private static string HostName(ExecutorConfiguration configuration) =>
        configuration.HostName.Length > 0 ? configuration.HostName : DefaultHostName;

    private async Task ApplyCardAsync(IReadOnlyList<KeyValuePair<string, NetworkEndpoint>> roles, CancellationToken cancellationToken)
    {
        var (leader, leading) = roles[0];
        await _networks.ApplyAsync(leader, leading, cancellationToken).ConfigureAwait(false);
        foreach (var (name, endpoint) in roles)
        {
            if (endpoint.Static && endpoint.Address is not null && name != leader)
                await _networks.ApplyAsync(name, endpoint, cancellationToken).ConfigureAwait(false);
            endpoint.Assigned ??= leading.Assigned;
            endpoint.Network.AssignedGateway ??= leading.Network.AssignedGateway;
            if (endpoint.Network.AssignedNameservers.Count == 0)
                endpoint.Network.AssignedNameservers = leading.Network.AssignedNameservers;
            await ReportAsync(name, endpoint, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(string name, NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        var keys = new List<(string Name, string Value)>();
        endpoint.Write(new GuestInfoWriter((key, value) => keys.Add((key, value)), filter: key => key.IsGuestWritable), GuestInfoKey.Appliance, name);
        foreach (var (key, value) in keys)
            await rpc.SetAsync(key, value, cancellationToken).ConfigureAwait(false);
    }

    // The address that Docker clients use is the one that vSphere shows first.
    private Task ReportAdaptersAsync(CancellationToken cancellationToken) =>
        _networks.ReportAsync(
            rpc, configuration.Networks.OrderByDescending(network => network.Key == Client).Select(network => network.Value), cancellationToken);

    private void WriteNameFiles()
    {
        var names = configuration.NameResolution;
        var servers = names.Servers.Count > 0
            ? names.Servers
            : [.. configuration.Networks.Values.SelectMany(endpoint => endpoint.Network.AssignedNameservers).Select(server => server.ToString()).Distinct()];
        var own = configuration.Networks.GetValueOrDefault(Client)?.Assigned?.Address.ToIPAddress();
        List<string> hosts = [.. names.Hosts];
        foreach (var (role, endpoint) in configuration.Networks)
        {
            if (endpoint.Assigned is { } address)
                hosts.Add($"{role}.localhost:{address.Address}");
        }
        File.WriteAllText("/etc/hosts", NameFiles.Hosts(HostName(configuration), configuration.DomainName, own, hosts));
        File.WriteAllText("/etc/hostname", HostName(configuration) + "\n");
        File.WriteAllText("/etc/resolv.conf", NameFiles.Resolver(servers, names.Search, names.Options));
    }

    private async Task TranslateAsync(CancellationToken cancellationToken)
    {
        if (!configuration.Networks.TryGetValue(Bridge, out var bridge) || !configuration.Networks.TryGetValue(Public, out var outside))
            return;
        await File.WriteAllTextAsync("/proc/sys/net/ipv4/ip_forward", "1", cancellationToken).ConfigureAwait(false);
        await Firewall.ApplyAsync(_networks.LinkOf(bridge), _networks.LinkOf(outside), cancellationToken).ConfigureAwait(false);
    }
}
