namespace Vic.Endpoint.Api.Models;

/// <summary>A port of the VCH.</summary>
public sealed record PortBinding
{
    /// <summary>The address; empty = every public one.</summary>
    public string HostIp { get; init; } = "";

    /// <summary>The port; empty = one that is free.</summary>
    public string HostPort { get; init; } = "";
}
