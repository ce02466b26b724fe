namespace Vic.Endpoint.Api.Models;

/// <summary>A container's place on one network (API definition <c>EndpointSettings</c>).</summary>
public sealed record EndpointSettings
{
    /// <summary>Asked addresses.</summary>
    public EmptyObject? IPAMConfig { get; init; }

    /// <summary>Links.</summary>
    public List<string>? Links { get; init; }

    /// <summary>Names on the network.</summary>
    public List<string>? Aliases { get; init; }

    /// <summary>Hardware address.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>Driver options.</summary>
    public SortedDictionary<string, string>? DriverOpts { get; init; }

    /// <summary>The network's id.</summary>
    public string NetworkID { get; init; } = "";

    /// <summary>The endpoint's id.</summary>
    public string EndpointID { get; init; } = "";

    /// <summary>Gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Address.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>Length of the prefix.</summary>
    public int IPPrefixLen { get; init; }

    /// <summary>IPv6 gateway.</summary>
    public string IPv6Gateway { get; init; } = "";

    /// <summary>IPv6 address.</summary>
    public string GlobalIPv6Address { get; init; } = "";

    /// <summary>Length of the IPv6 prefix.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>Names that DNS knows.</summary>
    public List<string>? DNSNames { get; init; }
}
