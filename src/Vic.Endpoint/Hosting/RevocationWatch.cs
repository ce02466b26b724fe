using System.Security.Cryptography;
using System.Text;
using Vic.Configuration;
using Vic.Endpoint.Api.Revocation;
using Vic.Endpoint.Machines.VSphere;
using Vic.Vim25;

namespace Vic.Endpoint.Hosting;

/// <summary>Reads the lists of revoked certificates from the endpoint VM's own configuration, when it starts and whenever that is changed.</summary>
/// <param name="client">The session; whoever else watches with it logs in anew when the server has forgotten it.</param>
/// <param name="endpoint">The endpoint VM.</param>
/// <param name="revoked">Who is told.</param>
/// <param name="log">Told of lists that cannot be read.</param>
internal sealed partial class RevocationWatch(VimClient client, ManagedObjectReference endpoint, RevokedClients revoked, ILogger<RevocationWatch> log)
{
    private const string ConfigurationVersion = "config.changeVersion";
    private const string Values = "config.extraConfig";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private string _present = "";

    /// <summary>Reads the lists once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var options = await client.GetPropertyAsync<IEnumerable<OptionValue>>(endpoint, Values, cancellationToken).ConfigureAwait(false);
        var lists = VSphereMachineHost.Values(options).GetValueOrDefault(GuestInfoNames.RevocationLists, "");
        if (lists == _present)
        {
            return;
        }

        _present = lists;
        try
        {
            revoked.Replace(Encoding.UTF8.GetString(Convert.FromBase64String(lists)));
            LogReplaced();
        }
        catch (Exception damaged) when (damaged is CryptographicException or FormatException)
        {
            LogDamaged(damaged.Message);
        }
    }

    /// <summary>Reads the lists whenever the configuration changes, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is VimException or OperationCanceledException)
            {
                LogLost(failure.Message);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var filter = PropertyFilters.ForObjects([endpoint], [ConfigurationVersion]);
        var watch = await PropertyWatch.StartAsync(client, filter, cancellationToken).ConfigureAwait(false);
        await using var closing = watch.ConfigureAwait(false);
        await foreach (var _ in watch.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Information, "The list of revoked client certificates was replaced")]
    private partial void LogReplaced();

    [LoggerMessage(LogLevel.Error, "The list of revoked client certificates cannot be read, so no client is let in; write it anew with Revoke-VCHCertificate: {Reason}")]
    private partial void LogDamaged(string reason);

    [LoggerMessage(LogLevel.Warning, "vSphere stopped telling about the endpoint VM, asking again: {Reason}")]
    private partial void LogLost(string reason);
}
