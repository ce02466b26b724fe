using System.Globalization;
using System.Net;
using Vic.Endpoint.Tests.Doubles;
using Vic.Testing.Docker;

namespace Vic.Endpoint.Tests.Containers;

/// <summary>What others do to container VMs in vSphere, docker shows.</summary>
public sealed class OutsideChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_was_powered_on_in_vSphere_runs_for_docker_and_ends_with_its_exit_code()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        var machine = await CreateAsync(engine, docker, "started", "forever", network: "none");

        await machine.PowerOnInVSphereAsync();

        await UntilAsync(docker, "started", "running 0");
        Assert.Equal(1, machine.PowerOns);
        Assert.Equal("ready\n", (await docker.RunAsync(Token, "logs", "started")).EnsureSuccess().Output);
        (await docker.RunAsync(Token, "stop", "started")).EnsureSuccess();
        await UntilAsync(docker, "started", "exited 143");

        (await docker.RunAsync(Token, "start", "started")).EnsureSuccess();
        await UntilAsync(docker, "started", "running 0");
        (await docker.RunAsync(Token, "rm", "-f", "started")).EnsureSuccess();
    }

    [Fact]
    public async Task One_that_was_given_a_free_address_keeps_its_run()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        var machine = await CreateAsync(engine, docker, "placed", "forever");
        machine.Address = IPAddress.Parse("172.16.255.254");

        await machine.PowerOnInVSphereAsync();

        await UntilAsync(docker, "placed", "running 0");
        Assert.Equal(1, machine.PowerOns);
        Assert.Equal("172.16.255.254\n", (await docker.RunAsync(
            Token, "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "placed")).EnsureSuccess().Output);
        (await docker.RunAsync(Token, "rm", "-f", "placed")).EnsureSuccess();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("172.16.0.2")]
    public async Task One_without_an_address_of_its_own_is_started_anew_with_one(string? address)
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);

        // The first address of the network that a container can have.
        (await docker.RunAsync(Token, "run", "-d", "--name", "owner", "busybox", "forever")).EnsureSuccess();
        var machine = await CreateAsync(engine, docker, "stray", "forever");
        machine.Address = address is null ? null : IPAddress.Parse(address);

        await machine.PowerOnInVSphereAsync();

        await UntilAsync(docker, "stray", "running 0");
        Assert.Equal(2, machine.PowerOns);
        Assert.Equal(IPAddress.Parse("172.16.0.3"), machine.Address);
        (await docker.RunAsync(Token, "rm", "-f", "stray", "owner")).EnsureSuccess();
    }

    [Fact]
    public async Task A_container_that_was_reset_in_vSphere_ends_and_runs_another_time()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        var machine = await CreateAsync(engine, docker, "reset", "forever", network: "none");
        (await docker.RunAsync(Token, "start", "reset")).EnsureSuccess();
        var started = await StartedAsync(docker, "reset");

        await machine.ResetInVSphereAsync();

        while (await StartedAsync(docker, "reset") == started)
        {
            await Task.Yield();
        }

        await UntilAsync(docker, "reset", "running 0");
        Assert.Equal(2, machine.PowerOns);
        (await docker.RunAsync(Token, "stop", "reset")).EnsureSuccess();
        await UntilAsync(docker, "reset", "exited 143");

        // The client cuts times to seconds.
        var end = DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var events = (await docker.RunAsync(
            Token, "events", "--since", "1", "--until", end, "--filter", "container=reset", "--format", "{{.Action}} {{.Actor.Attributes.exitCode}}")).EnsureSuccess().Output;
        Assert.Contains("start <no value>\ndie 137\nstart <no value>\n", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_to_be_removed_at_its_end_is_also_when_it_was_reset_and_is_on_again()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        var id = (await docker.RunAsync(Token, "run", "-d", "--rm", "--network", "none", "busybox", "forever")).EnsureSuccess().Output.Trim();
        var machine = engine.Host.Machines[id];

        await machine.ResetInVSphereAsync();

        while ((await docker.RunAsync(Token, "ps", "-aq")).EnsureSuccess().Output.Length > 0)
        {
            await Task.Yield();
        }

        Assert.False(machine.IsOn);
    }

    [Fact]
    public async Task A_container_whose_machine_was_removed_in_vSphere_is_forgotten_with_its_name()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        var machine = await CreateAsync(engine, docker, "removed", "forever");

        machine.RemoveInVSphere();

        while ((await docker.RunAsync(Token, "ps", "-aq")).EnsureSuccess().Output.Length > 0)
        {
            await Task.Yield();
        }

        await CreateAsync(engine, docker, "removed", "forever");
        (await docker.RunAsync(Token, "rm", "removed")).EnsureSuccess();
    }

    private static async Task<InMemoryMachine> CreateAsync(TestEngine engine, DockerClient docker, string name, string command, string network = "bridge")
    {
        var id = (await docker.RunAsync(Token, "create", "--name", name, "--network", network, "busybox", command)).EnsureSuccess().Output.Trim();
        return engine.Host.Machines[id];
    }

    private static async Task<string> StartedAsync(DockerClient docker, string container) =>
        (await docker.RunAsync(Token, "inspect", "--format", "{{.State.StartedAt}}", container)).EnsureSuccess().Output;

    private static async Task UntilAsync(DockerClient docker, string container, string state)
    {
        while ((await docker.RunAsync(Token, "inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", container)).EnsureSuccess().Output.Trim() != state)
        {
            await Task.Yield();
        }
    }
}
