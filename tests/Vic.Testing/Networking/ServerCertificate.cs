using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Testing.Networking;

/// <summary>The certificate that a server shows, whoever vouches for it.</summary>
public static class ServerCertificate
{
    /// <summary>Asks the server of a URL.</summary>
    public static async Task<X509Certificate2> FetchAsync(Uri server, CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = server.Host, RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null }, cancellationToken);
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
    }
}
