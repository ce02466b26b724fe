using System.Diagnostics;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Deployment;
using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>Containers do not need their endpoint.</summary>
[Collection<ExpendableVchCollection>]
public sealed class EndpointLossTests(ExpendableVch vch)
{
    private const string Name = "survivor";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task A_container_goes_on_when_the_endpoint_is_killed_and_the_endpoint_finds_it_again()
    {
        const string ticks = "trap 'echo bye; exit 4' TERM; i=0; while :; do echo tick $i; i=$((i+1)); sleep 0.5; done";
        var id = (await Docker.RunAsync(Cancellation, "run", "-d", "--name", Name, "busybox", "sh", "-c", ticks)).EnsureSuccess().Output.Trim();
        await Docker.WaitForLogAsync(Name, "tick 1", Cancellation);
        var machine = Assert.Single(LabProcesses.Machines(vch.Lab, "bootstrap.iso"));
        var log = Directory.EnumerateFiles(vch.Lab.StateDirectory, "output.log", SearchOption.AllDirectories).Single(file => file.Contains(id, StringComparison.Ordinal));

        KillEndpoint();
        var before = new FileInfo(log).Length;
        await UntilAsync(() => Task.FromResult(new FileInfo(log).Length > before + 100));
        Assert.Equal([machine], LabProcesses.Machines(vch.Lab));

        Assert.Equal("poweredOn\n", await MachinePower.ChangeAsync(vch.Lab, "PowerOn", VchDeployment.Name, Cancellation));
        await UntilAsync(async () => (await Docker.RunAsync(Cancellation, "ps")).ExitCode == 0);
        Assert.Equal(Name + "\n", (await Docker.RunAsync(Cancellation, "ps", "--format", "{{.Names}}", "--filter", "status=running")).EnsureSuccess().Output);
        await UntilAsync(async () => (await Docker.RunAsync(Cancellation, "exec", Name, "echo", "here")) is { ExitCode: 0, Output: "here\n" });
        Assert.Equal([machine], LabProcesses.Machines(vch.Lab, "bootstrap.iso"));

        (await Docker.RunAsync(Cancellation, "stop", "-t", "60", Name)).EnsureSuccess();
        var lines = (await Docker.RunAsync(Cancellation, "logs", Name)).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("bye", lines[^1]);
        Assert.Equal(Enumerable.Range(0, lines.Length - 1).Select(number => $"tick {number}"), lines[..^1]);
        Assert.Equal("4\n", (await Docker.RunAsync(Cancellation, "inspect", "--format", "{{.State.ExitCode}}", Name)).Output);
        (await Docker.RunAsync(Cancellation, "rm", Name)).EnsureSuccess();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(Pause, Cancellation);
        }
    }

    private void KillEndpoint()
    {
        using var endpoint = Process.GetProcessById(Assert.Single(LabProcesses.Machines(vch.Lab, "appliance.iso")));
        endpoint.Kill();
        endpoint.WaitForExit();
    }
}
