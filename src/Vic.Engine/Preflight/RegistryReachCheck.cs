using System.Net.Sockets;
using Vic.Engine.Requests;
using Vic.Engine.Validation;

namespace Vic.Engine.Preflight;

/// <summary>
/// Whether anything answers at the registries that the user names (vmware/vic, lib/install/validate). Asked from here, which may be another network
/// than the endpoint's, so it is never more than a warning.
/// </summary>
internal static class RegistryReachCheck
{
    private const int SecurePort = 443;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task CheckAsync(VchRequest request, CheckList checks, CancellationToken cancellationToken)
    {
        checks.Begin("RegistryReach");
        var isDirect = string.IsNullOrEmpty(request.Proxies.Http) && string.IsNullOrEmpty(request.Proxies.Https);
        var registries = isDirect ? Registries(request.Registries) : [];
        var obstacles = await Task.WhenAll(registries.Select(registry => WhyNotAsync(registry, cancellationToken))).ConfigureAwait(false);
        foreach (var (registry, obstacle) in registries.Zip(obstacles, (registry, obstacle) => (registry, obstacle)))
        {
            if (obstacle is not null)
            {
                checks.Warn($"The registry {registry} does not answer from here: {obstacle}.", "Check the name, and that the endpoint's public network reaches it.");
            }
        }

        if (registries.Count > 0)
        {
            checks.Pass($"{string.Join(", ", registries)} can be reached.");
        }
    }

    private static List<HostPort> Registries(RegistryRequest request) =>
        request.Insecure.Concat(request.Whitelist).Concat(request.Mirrors).Select(Address).OfType<HostPort>().Distinct().ToList();

    // A domain or a network is no registry that could be asked.
    private static HostPort? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? new HostPort(url!.Host, url.Port)
        : text.IndexOf('*') >= 0 || text.IndexOf('/') >= 0 ? null
        : HostPort.TryParse(text) is { } address ? address with { Port = address.Port ?? SecurePort }
        : null;

    private static async Task<string?> WhyNotAsync(HostPort registry, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            var connecting = client.ConnectAsync(registry.Host, registry.Port!.Value);
            var first = await Task.WhenAny(connecting, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (first != connecting)
            {
                Abandon(connecting);
                return "it takes too long";
            }

            await connecting.ConfigureAwait(false);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
    }

    // The attempt fails when its socket is closed; nobody waits for that.
    private static void Abandon(Task connecting) =>
        connecting.ContinueWith(task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
