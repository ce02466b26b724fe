namespace Vic.Engine.Requests;

/// <summary>A port group that containers may join directly.</summary>
public sealed record ContainerNetworkRequest
{
    /// <summary>The port group.</summary>
    public required InventorySelector Network { get; init; }

    /// <summary>The name that Docker users see; null takes the port group's.</summary>
    public string? Alias { get; init; }

    /// <summary>The gateway with the network's prefix: <c>10.10.0.1/24</c>; null for DHCP.</summary>
    public string? Gateway { get; init; }

    /// <summary>The addresses to give out: <c>10.10.0.10-10.10.0.99</c>, <c>10.10.0.10-99</c> or CIDR.</summary>
    public IReadOnlyList<string> IPRanges { get; init; } = [];

    /// <summary>DNS servers of the network.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>The firewall: <c>Closed</c>, <c>Outbound</c>, <c>Peers</c>, <c>Published</c> or <c>Open</c>; null behaves as <c>Published</c>.</summary>
    public string? Firewall { get; init; }
}
