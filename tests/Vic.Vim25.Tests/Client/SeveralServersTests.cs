using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Two servers in one process.</summary>
public sealed class SeveralServersTests(SimulatorServer simulator, LabVCenter lab) : IClassFixture<SimulatorServer>, IClassFixture<LabVCenter>
{
    [Fact]
    public async Task Each_has_its_own_session_version_and_certificate()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        VimServer[] servers = [simulator, lab];
        VimClient[] clients = await Task.WhenAll(servers.Select(server => server.LoginAsync(token)));

        List<ObjectProperties>[] machines = await Task.WhenAll(clients.Select(client => client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: token)));

        for (int number = 0; number < servers.Length; number++)
        {
            Assert.Equal(servers[number].ApiVersion, clients[number].ApiVersion);
            Assert.Contains(machines[number], machine => machine.Get<string>("name") == servers[number].MachineName);
            clients[number].Dispose();
        }
    }
}
