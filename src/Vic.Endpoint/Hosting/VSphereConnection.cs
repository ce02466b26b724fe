using Vic.Configuration;
using Vic.Endpoint.Configuration;
using Vic.Vim25;

namespace Vic.Endpoint.Hosting;

/// <summary>The endpoint's session on its vSphere server.</summary>
internal static class VSphereConnection
{
    /// <summary>Connects and logs in.</summary>
    public static async Task<VimClient> OpenAsync(ConnectionConfiguration configuration, CancellationToken cancellationToken)
    {
        var authorities = ServerCertificates.Authorities(configuration.TargetAuthorities);
        var thumbprint = configuration.TargetThumbprintSha256 is { Length: > 0 } strong ? strong : configuration.TargetThumbprint;
        var client = await VimClient.ConnectAsync(
            new VimClientOptions(new Uri(configuration.Target))
            {
                Thumbprint = thumbprint.Length > 0 ? thumbprint : null,
                CertificateAuthorities = authorities.Count > 0 ? authorities : null,
                UserAgent = "VIC-for-PowerShell-endpoint",
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await LogInAsync(client, configuration, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Logs in, for the first time or anew.</summary>
    public static Task LogInAsync(VimClient client, ConnectionConfiguration configuration, CancellationToken cancellationToken) =>
        client.LoginAsync(configuration.UserName, configuration.Token, cancellationToken);
}
