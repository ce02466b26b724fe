namespace Vic.Engine.Requests;

/// <summary>One role of the endpoint on a network.</summary>
public sealed record EndpointNetworkRequest
{
    /// <summary>The port group; null shares that of the next wider role.</summary>
    public InventorySelector? Network { get; init; }

    /// <summary>The static address as CIDR; null for DHCP.</summary>
    public string? Address { get; init; }

    /// <summary>The gateway, optionally after the networks it leads to: <c>10.1.0.0/16,10.2.0.0/16:192.0.2.1</c>.</summary>
    public string? Gateway { get; init; }
}
