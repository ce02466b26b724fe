namespace Vic.Endpoint.Api.Models;

/// <summary>A VCH is not in a swarm.</summary>
public sealed record SwarmInfo
{
    /// <summary>Empty.</summary>
    public string NodeID { get; init; } = "";

    /// <summary>Empty.</summary>
    public string NodeAddr { get; init; } = "";

    /// <summary>Always inactive.</summary>
    public string LocalNodeState { get; init; } = "inactive";

    /// <summary>Never.</summary>
    public bool ControlAvailable { get; init; }

    /// <summary>Empty.</summary>
    public string Error { get; init; } = "";

    /// <summary>None.</summary>
    public IReadOnlyList<string>? RemoteManagers { get; init; }
}
