namespace Vic.Endpoint.Api.Models;

/// <summary>A range of addresses.</summary>
public sealed record NetworkIpamPool
{
    /// <summary>The subnet.</summary>
    public string Subnet { get; init; } = "";

    /// <summary>Its gateway.</summary>
    public string Gateway { get; init; } = "";
}
