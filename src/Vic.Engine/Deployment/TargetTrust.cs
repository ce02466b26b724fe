using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>How an endpoint knows its vSphere server; it has no authorities of this computer.</summary>
/// <param name="Thumbprint">The one that the server's certificate must have; null when authorities vouch for it.</param>
/// <param name="Authorities">Those, as PEM text; empty when the thumbprint is enough.</param>
internal sealed record TargetTrust(string? Thumbprint, string Authorities)
{
    /// <summary>What was enough for us: the thumbprint, or the authorities, which go on being enough when the server gets a new certificate.</summary>
    /// <param name="client">The session.</param>
    /// <param name="request">The request.</param>
    /// <param name="target">How the endpoint reaches the server.</param>
    public static TargetTrust Of(VimClient client, VchRequest request, Uri target)
    {
        if (request.TargetThumbprint is { } thumbprint)
        {
            return new TargetTrust(thumbprint, "");
        }

        // An authority vouches for a name; by another name the server is known by what it has shown us.
        return string.Equals(target.Host, client.Server.Host, StringComparison.OrdinalIgnoreCase)
            ? new TargetTrust(null, string.Concat(client.ServerAuthorities.Select(PemText.OfCertificate)))
            : new TargetTrust(client.ServerThumbprint, "");
    }
}
