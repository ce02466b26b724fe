using System.Net;
using System.Security.Cryptography.X509Certificates;
using Vic.Endpoint.Api.Revocation;

namespace Vic.Endpoint.Api;

/// <summary>Where the Docker API listens and whom it trusts.</summary>
public sealed record DockerServerOptions
{
    /// <summary>The address and port to listen on; port 0 = one that is free.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The server's certificate with its key; null = plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The authorities between the server's certificate and the one that clients know; sent with it.</summary>
    public X509Certificate2Collection CertificateChain { get; init; } = [];

    /// <summary>The authorities whose client certificates are let in; empty = every client.</summary>
    public IReadOnlyList<X509Certificate2> ClientAuthorities { get; init; } = [];

    /// <summary>The client certificates that are not let in any more; null = none is ever revoked.</summary>
    public RevokedClients? Revoked { get; init; }
}
