using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Containers;

/// <summary>A terminal that reaches into a container.</summary>
[Collection<VcenterVchCollection>]
public sealed class TerminalTests(VcenterVch vch)
{
    [Fact]
    public async Task An_interactive_container_has_the_terminals_size_and_follows_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var terminal = new Command(
            "/usr/bin/python3", Repository.PathOf("tests/Vic.EndToEnd.Tests/Containers/resize.py"), DockerClient.Debian, "run", "-it", "--rm", "busybox", "sh")
        {
            Environment = vch.Docker.Environment,
        };

        Assert.Equal("resized, ended with 9\n", (await terminal.RunAsync(cancellation)).EnsureSuccess().Output);
    }
}
