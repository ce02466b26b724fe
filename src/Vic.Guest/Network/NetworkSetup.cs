using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Vic.Configuration;
using Vic.Guest.Rpc;

namespace Vic.Guest.Network;

/// <summary>Brings the networks of a configuration up: finds each card by its PCI slot, gives it its address, sets routes.</summary>
public sealed class NetworkSetup(string hostName, Action<string> log) : IDisposable
{
    private const int Loopback = 1;
    private static readonly TimeSpan CardLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(120);

    private readonly RouteSocket _routes = new();
    private readonly ConcurrentDictionary<string, NetworkLink> _links = new(StringComparer.Ordinal);

    /// <summary>Called after a lease has brought another address.</summary>
    public Func<string, NetworkEndpoint, Task>? AddressChanged { get; set; }

    /// <summary>Switches the loopback on.</summary>
    public void StartLoopback() => _routes.SetUp(Loopback);

    /// <summary>The card of a network that was brought up.</summary>
    public NetworkLink LinkOf(NetworkEndpoint endpoint) => _links[endpoint.Id];

    /// <summary>Tells the host the addresses that were assigned, in the networks' order; the first is shown as the guest's own.</summary>
    public async Task ReportAsync(GuestRpc rpc, IEnumerable<NetworkEndpoint> endpoints, CancellationToken cancellationToken)
    {
        if (!await rpc.ReportAdaptersAsync(Adapters(endpoints), cancellationToken).ConfigureAwait(false))
            log("the host does not take the report of addresses");
    }

    /// <summary>Brings one network up and fills in what was assigned.</summary>
    /// <exception cref="TimeoutException">The card did not appear, or no DHCP server answered.</exception>
    public async Task ApplyAsync(string name, NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        var link = await FindAsync(name, endpoint, cancellationToken).ConfigureAwait(false);
        _links[endpoint.Id] = link;

        // The kernel announces a new address with a gratuitous ARP, so switches learn where it lives now.
        TryWrite($"/proc/sys/net/ipv4/conf/{link.Name}/arp_notify", "1");
        _routes.SetUp(link.Index);
        if (endpoint.Static && endpoint.Address is { } address)
        {
            Assign(link, endpoint, address, endpoint.Network.Gateway, [.. endpoint.Network.Nameservers]);
            return;
        }

        var client = new DhcpClient(link, hostName);
        var lease = await client.AcquireAsync(LeaseLimit, cancellationToken).ConfigureAwait(false);
        Assign(link, endpoint, lease);
        _ = KeepLeaseAsync(name, endpoint, link, client, lease, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _routes.Dispose();

    private static async Task<NetworkLink> FindAsync(string name, NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!int.TryParse(endpoint.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
            throw new GuestConfigurationException($"networks|{name}/Common/id", "is not a PCI slot number");
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (NetworkLink.FindBySlot(slot) is { } link)
                return link;
            if (Stopwatch.GetElapsedTime(started) > CardLimit)
                throw new TimeoutException($"Network {name}: there is no card in PCI slot {slot}.");
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task KeepLeaseAsync(
        string name,
        NetworkEndpoint endpoint,
        NetworkLink link,
        DhcpClient client,
        DhcpLease lease,
        CancellationToken cancellationToken)
    {
        try
        {
            await client.KeepAsync(
                lease,
                async renewed =>
                {
                    if (endpoint.Assigned is { } old)
                        _routes.RemoveAddress(link.Index, old.Address.ToIPAddress(), old.Mask.PrefixLength);
                    Assign(link, endpoint, renewed);
                    if (AddressChanged is { } changed)
                        await changed(name, endpoint).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or TimeoutException)
        {
            log($"network {name}: the lease is kept no longer: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            // The machine is going down.
        }
    }

    // Networks on one card are one entry.
    private List<GuestAdapter> Adapters(IEnumerable<NetworkEndpoint> endpoints) =>
    [
        .. endpoints.Where(endpoint => endpoint.Assigned is not null && _links.ContainsKey(endpoint.Id))
            .GroupBy(endpoint => endpoint.Id, StringComparer.Ordinal)
            .Select(card => new GuestAdapter(_links[card.Key].HardwareAddress, [.. card.Select(endpoint => endpoint.Assigned!).DistinctBy(address => address.ToString())])),
    ];

    private void Assign(NetworkLink link, NetworkEndpoint endpoint, DhcpLease lease)
    {
        var gateway = lease.Gateway is null ? null : new GuestNetwork(GuestAddress.From(lease.Gateway), GuestMask.IPv4(lease.PrefixLength));
        Assign(
            link,
            endpoint,
            new GuestNetwork(GuestAddress.From(lease.Address), GuestMask.IPv4(lease.PrefixLength)),
            gateway,
            [.. lease.NameServers.Select(GuestAddress.From)]);
    }

    private void Assign(NetworkLink link, NetworkEndpoint endpoint, GuestNetwork address, GuestNetwork? gateway, List<GuestAddress> nameServers)
    {
        _routes.AddAddress(link.Index, address.Address.ToIPAddress(), address.Mask.PrefixLength);
        endpoint.Assigned = address;
        endpoint.Network.AssignedGateway = gateway;
        endpoint.Network.AssignedNameservers = nameServers;
        var router = gateway?.Address.ToIPAddress();
        if (endpoint.Network.Default && router is not null)
            _routes.AddRoute(link.Index, IPAddress.Any, 0, router);
        foreach (var destination in endpoint.Network.Destinations.Select(entry => entry.Value).OfType<GuestNetwork>())
            _routes.AddRoute(link.Index, destination.Address.ToIPAddress(), destination.Mask.PrefixLength, router);
        log($"{link.Name} has {address}{(router is null ? string.Empty : $", gateway {router}")}");
    }

    private static void TryWrite(string file, string value)
    {
        if (File.Exists(file))
            File.WriteAllText(file, value);
    }
}
