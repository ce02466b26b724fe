namespace Vic.Engine.Requests;

/// <summary>How an endpoint reaches registries where there is no direct way.</summary>
public sealed record ProxyRequest
{
    /// <summary>The proxy for plain HTTP, <c>http://host:port</c>; null for none.</summary>
    public string? Http { get; init; }

    /// <summary>The proxy for HTTPS, <c>http://host:port</c>; null for none.</summary>
    public string? Https { get; init; }

    /// <summary>Hosts, domains and networks that are reached directly.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];
}
