using System.Diagnostics;
using Vic.Testing.Deployment;
using Vic.Vim25;

namespace Vic.Machines.Benchmarks;

/// <summary>How long an endpoint takes from its power-on to its first answer to a docker client.</summary>
internal static class EndpointBoot
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Restarts the endpoint once and returns the seconds.</summary>
    public static async Task<double> RunAsync(VimClient client, VchDeployment vch, CancellationToken cancellationToken)
    {
        var machines = await client.RetrieveAllAsync("VirtualMachine", ["name"], client.Content.RootFolder, cancellationToken);
        var endpoint = machines.First(machine => machine.Get<string>("name") == VchDeployment.Name).Reference;
        await client.RunAsync(new PowerOffVMTaskRequest { This = endpoint }, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await client.RunAsync(new PowerOnVMTaskRequest { This = endpoint }, cancellationToken);
        while ((await vch.Docker.RunAsync(cancellationToken, "version")).ExitCode != 0)
        {
            await Task.Delay(Look, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
