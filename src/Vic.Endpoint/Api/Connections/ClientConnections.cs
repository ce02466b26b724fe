using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Vic.Endpoint.Api.Revocation;

namespace Vic.Endpoint.Api.Connections;

/// <summary>
/// The open connections and whose they are: those of a certificate that is revoked are ended, in the middle of whatever they do. A resumed TLS session
/// shows no certificate anew, so a connection is looked at here once more when it begins.
/// </summary>
internal sealed class ClientConnections : IDisposable
{
    private readonly RevokedClients _revoked;
    private readonly ConcurrentDictionary<string, (ConnectionContext Connection, CertificateIdentity Client)> _open = new();

    public ClientConnections(RevokedClients revoked)
    {
        _revoked = revoked;
        revoked.Changed += EndRevoked;
    }

    /// <summary>Serves a connection as long as its client is let in.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } certificate)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        // The certificate itself goes with its connection, while others still look at who it is.
        var client = CertificateIdentity.Of(certificate);
        _open[connection.ConnectionId] = (connection, client);
        try
        {
            if (_revoked.Contains(client))
            {
                End(connection);
                return;
            }

            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    }

    public void Dispose() => _revoked.Changed -= EndRevoked;

    private void EndRevoked()
    {
        foreach (var (connection, client) in _open.Values)
        {
            if (_revoked.Contains(client))
            {
                End(connection);
            }
        }
    }

    private static void End(ConnectionContext connection) => connection.Abort(new ConnectionAbortedException("The client's certificate was revoked."));
}
