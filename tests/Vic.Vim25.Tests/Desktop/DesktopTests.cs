using Vic.Testing.Files;
using Vic.Testing.Processes;
using Vic.Vim25.Tests.Client;
using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Desktop;

/// <summary>The client as Windows PowerShell's framework would run it; Mono stands for that.</summary>
public abstract class DesktopTests(VimServer server)
{
    [Fact]
    public async Task The_client_of_the_older_framework_tours_the_server()
    {
        await using var broken = new ScriptedServer(_ => "<html>proxy</html>"u8.ToArray());
        string program = Path.Combine(Repository.Artifacts, "bin", "Vic.Vim25.Desktop", "release", "Vic.Vim25.Desktop.exe");
        var tour = new Command(
            "/usr/bin/mono", program, server.Url.ToString(), server.Thumbprint, server.User, server.Datacenter, server.Datastore, server.MachineName, broken.Address.ToString())
        {
            Environment = new Dictionary<string, string?> { ["VIC_TEST_PASSWORD"] = server.Password },
        };

        CommandResult result = await tour.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("the tour is complete\n", result.EnsureSuccess().Output);
    }
}

/// <summary>The older framework with a vCenter that other people wrote.</summary>
public sealed class SimulatorDesktopTests(SimulatorServer server) : DesktopTests(server), IClassFixture<SimulatorServer>;

/// <summary>The older framework with the lab's vCenter.</summary>
public sealed class LabDesktopTests(LabVCenter server) : DesktopTests(server), IClassFixture<LabVCenter>;
