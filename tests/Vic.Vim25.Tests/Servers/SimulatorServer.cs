using Vic.Testing.Govmomi;

namespace Vic.Vim25.Tests.Servers;

/// <summary>govmomi's simulator: a vCenter that other people wrote.</summary>
public sealed class SimulatorServer : VimServer
{
    private GovmomiSimulator? _simulator;

    public override Uri Url => Simulator.Server;

    public override string Thumbprint => Simulator.Thumbprint;

    public override string User => GovmomiSimulator.User;

    public override string Password => Simulator.Password;

    public override string Datacenter => "DC0";

    public override string Datastore => "LocalDS_0";

    public override string PoolPath => "DC0/host/DC0_C0/Resources";

    public override string MachineName => "DC0_H0_VM0";

    public override string ApiVersion => "6.5";

    private GovmomiSimulator Simulator => _simulator ?? throw new InvalidOperationException("not started");

    public override async ValueTask InitializeAsync() => _simulator = await GovmomiSimulator.StartAsync("vpx", CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }
    }
}
