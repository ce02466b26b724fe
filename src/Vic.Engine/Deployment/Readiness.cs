using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Waits until a powered-on endpoint serves Docker clients.</summary>
internal sealed class Readiness(
    VimClient client, ManagedObjectReference machine, string name, HostPort? advertised, EndpointTls tls)
{
    private const int TlsPort = 2376;
    private const int PlainPort = 2375;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <returns>Where the Docker API answers, as <c>tcp://host:port</c>.</returns>
    /// <exception cref="VicException">The endpoint gave up, or did not answer in time.</exception>
    public async Task<string> WaitAsync(TimeSpan timeout, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var last = "the endpoint VM has reported nothing yet";
        try
        {
            progress.Report(new("Waiting for the endpoint to start"));
            var address = await WaitForServiceAsync(text => last = text, limit.Token).ConfigureAwait(false);
            var host = (advertised ?? HostPort.TryParse(address) ?? throw Failed($"it reported the address '{address}'"))
                .WithPort(tls.Mode == TlsMode.None ? PlainPort : TlsPort);
            progress.Report(new($"Waiting for the Docker API at {host}"));
            using var probe = new DockerProbe(host, tls);
            while (await probe.TryAsync(limit.Token).ConfigureAwait(false) is { } obstacle)
            {
                last = obstacle;
                await Task.Delay(Pause, limit.Token).ConfigureAwait(false);
            }

            return $"tcp://{host}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VicException(
                "EndpointNotReady", VicErrorKind.Timeout, $"The endpoint did not answer within {timeout.TotalSeconds:0} seconds: {last}.")
            {
                RecommendedAction = "Check the networks and addresses, or pass a longer -Timeout.",
                Target = name,
            };
        }
    }

    private async Task<string> WaitForServiceAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var watch = await MachineWatch.StartAsync(client, machine, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await watch.NextAsync(cancellationToken).ConfigureAwait(false);
                if (watch.PowerState == VirtualMachinePowerState.PoweredOff)
                {
                    throw Failed("it powered itself off; its console is in 'tether.debug' in its folder");
                }

                var services = EndpointServices.StatesOf(watch.Keys);
                var address = ClientAddress(watch.Keys);
                if (services.Count > 0 && services.Values.All(state => state == EndpointServices.Running) && address is not null)
                {
                    return address;
                }

                if (services.FirstOrDefault(service => service.Value is { Length: > 0 } and not EndpointServices.Running) is { Key: { } name, Value: { } failure })
                {
                    throw Failed($"its service '{name}' did not start: {failure}");
                }

                report(address is null ? "it has no address on the client network" : "its services have not started");
            }
        }
        finally
        {
            await watch.CloseAsync().ConfigureAwait(false);
        }
    }

    private static string? ClientAddress(IReadOnlyDictionary<string, string> keys)
    {
        if (!keys.TryGetValue(GuestInfoNames.AssignedAddress(GuestInfoKey.Appliance, "client"), out var text))
        {
            return null;
        }

        try
        {
            return GuestAddress.TryFromBytes(Convert.FromBase64String(text))?.ToString();
        }
        catch (FormatException)
        {
            // The guest writes this value; what it writes is not to be trusted.
            return null;
        }
    }

    private VicException Failed(string reason) =>
        new("EndpointFailed", VicErrorKind.Failed, $"The endpoint VM did not come up: {reason}.") { Target = name };
}
