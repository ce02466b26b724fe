namespace Vic.Endpoint.Api.Models;

/// <summary>A network (API definition <c>Network</c>).</summary>
public sealed record NetworkView
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was created.</summary>
    public string Created { get; init; } = "";

    /// <summary>Always local.</summary>
    public string Scope { get; init; } = "local";

    /// <summary>Driver.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Never.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Addresses.</summary>
    public NetworkIpam IPAM { get; init; } = new();

    /// <summary>Whether it has no way out.</summary>
    public bool Internal { get; init; }

    /// <summary>Unused.</summary>
    public bool Attachable { get; init; }

    /// <summary>Unused.</summary>
    public bool Ingress { get; init; }

    /// <summary>Its containers.</summary>
    public SortedDictionary<string, NetworkMember> Containers { get; init; } = new();

    /// <summary>Options.</summary>
    public SortedDictionary<string, string> Options { get; init; } = new();

    /// <summary>Labels.</summary>
    public SortedDictionary<string, string> Labels { get; init; } = new();
}
