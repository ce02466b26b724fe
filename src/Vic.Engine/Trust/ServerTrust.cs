using Vic.Vim25;

namespace Vic.Engine.Trust;

/// <summary>
/// Decides about a server's certificate as ssh does: one that an authority vouches for is taken, one that the user has accepted before is taken, a changed one is an
/// error.
/// </summary>
public sealed class ServerTrust
{
    private readonly KnownServers? _known;

    /// <summary>Trusts what the user has accepted before; nothing without a store.</summary>
    public ServerTrust(KnownServers? known) => _known = known;

    /// <summary>Connects with the trust that there is.</summary>
    /// <param name="connect">Connects with the given thumbprint as the only one; with null for a certificate that an authority vouches for.</param>
    /// <param name="acceptsAny">Takes whatever certificate the server shows.</param>
    /// <returns>The connection, and the SHA-256 thumbprint that it trusts; null when an authority vouches for the certificate.</returns>
    /// <exception cref="VicException">The certificate has changed since it was accepted; the message shows both thumbprints.</exception>
    /// <exception cref="UntrustedCertificateException">Nobody vouches for the certificate, and the user has not accepted it.</exception>
    public async Task<(VimClient Client, string? Thumbprint)> ConnectAsync(Func<string?, Task<VimClient>> connect, bool acceptsAny)
    {
        try
        {
            return (await connect(null).ConfigureAwait(false), null);
        }
        catch (UntrustedCertificateException shown)
        {
            if (!acceptsAny && _known?.Find(shown.Host, shown.Port) is var known && known != shown.ThumbprintSha256)
            {
                throw known is null ? shown : Changed(shown, known);
            }

            return (await connect(shown.ThumbprintSha256).ConfigureAwait(false), shown.ThumbprintSha256);
        }
    }

    /// <summary>Remembers the certificate of a server, for the next time.</summary>
    /// <returns>The thumbprint that was remembered before, when it was another one; null otherwise.</returns>
    /// <exception cref="VicException">There is no store, or it cannot be written.</exception>
    public async Task<string?> AcceptAsync(Uri server, string thumbprintSha256, CancellationToken cancellationToken)
    {
        if (_known is null)
        {
            throw new VicException("NoSettingsFolder", VicErrorKind.NotFound, "This account has no home directory to remember servers in.")
            {
                RecommendedAction = "Pass the server's thumbprint with -Thumbprint.",
            };
        }

        var before = _known.Find(server.Host, server.Port);
        if (before == thumbprintSha256)
        {
            return null;
        }

        await _known.RememberAsync(server.Host, server.Port, thumbprintSha256, cancellationToken).ConfigureAwait(false);
        return before;
    }

    private VicException Changed(UntrustedCertificateException shown, string known) => new(
        "CertificateChanged",
        VicErrorKind.Untrusted,
        $"The certificate of {shown.Host}:{shown.Port} has changed. Known is the SHA-256 thumbprint {known}, shown was {shown.ThumbprintSha256} ({shown.Subject}). "
            + "Either the server got a new certificate, or somebody else answers in its place.",
        shown)
    {
        Target = shown.Host,
        RecommendedAction = $"Compare the new thumbprint on the server itself; if it is the server's, connect with -AcceptThumbprint. '{_known!.Path}' holds the old one.",
    };
}
