namespace Vic.Endpoint.Api.Models;

/// <summary>A container's networks as inspect shows them.</summary>
public sealed record NetworkSettings
{
    /// <summary>Unused.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>Unused: the VM is the sandbox.</summary>
    public string SandboxID { get; init; } = "";

    /// <summary>Unused.</summary>
    public string SandboxKey { get; init; } = "";

    /// <summary>Published ports.</summary>
    public SortedDictionary<string, List<PortBinding>?> Ports { get; init; } = new();

    /// <summary>Unused.</summary>
    public bool HairpinMode { get; init; }

    /// <summary>Unused.</summary>
    public string LinkLocalIPv6Address { get; init; } = "";

    /// <summary>Unused.</summary>
    public int LinkLocalIPv6PrefixLen { get; init; }

    /// <summary>Unused.</summary>
    public List<string>? SecondaryIPAddresses { get; init; }

    /// <summary>Unused.</summary>
    public List<string>? SecondaryIPv6Addresses { get; init; }

    /// <summary>On the default bridge.</summary>
    public string EndpointID { get; init; } = "";

    /// <summary>On the default bridge.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>On the default bridge.</summary>
    public string GlobalIPv6Address { get; init; } = "";

    /// <summary>On the default bridge.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>On the default bridge.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>On the default bridge.</summary>
    public int IPPrefixLen { get; init; }

    /// <summary>On the default bridge.</summary>
    public string IPv6Gateway { get; init; } = "";

    /// <summary>On the default bridge.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>By network name.</summary>
    public SortedDictionary<string, EndpointSettings> Networks { get; init; } = new();
}
