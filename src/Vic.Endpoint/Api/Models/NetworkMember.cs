namespace Vic.Endpoint.Api.Models;

/// <summary>A container on a network.</summary>
public sealed record NetworkMember
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Endpoint id.</summary>
    public string EndpointID { get; init; } = "";

    /// <summary>Hardware address.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>Address and prefix.</summary>
    public string IPv4Address { get; init; } = "";

    /// <summary>IPv6 address.</summary>
    public string IPv6Address { get; init; } = "";
}
