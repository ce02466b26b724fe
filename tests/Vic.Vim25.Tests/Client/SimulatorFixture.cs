using Vic.Testing.Govmomi;

namespace Vic.Vim25.Tests.Client;

/// <summary>One simulated vCenter for the tests of a class.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    private GovmomiSimulator? _simulator;

    public GovmomiSimulator Simulator => _simulator ?? throw new InvalidOperationException("not started");

    public VimClientOptions Options => new(Simulator.Server) { Thumbprint = Simulator.Thumbprint };

    public async ValueTask InitializeAsync() => _simulator = await GovmomiSimulator.StartAsync("vpx", CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }
    }

    public async Task<VimClient> LoginAsync(CancellationToken cancellationToken)
    {
        VimClient client = await VimClient.ConnectAsync(Options, cancellationToken);
        await client.LoginAsync(GovmomiSimulator.User, Simulator.Password, cancellationToken);
        return client;
    }
}
