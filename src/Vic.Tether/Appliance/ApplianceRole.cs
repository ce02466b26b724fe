using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Rpc;
using Vic.Tether.Boot;

namespace Vic.Tether.Appliance;

/// <summary>Becomes the endpoint's machine: networks, address translation, guest RPC for services, and the services themselves.</summary>
internal sealed class ApplianceRole(BootedMachine machine)
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    /// <summary>Runs until the host asks for an end; true asks for a restart.</summary>
    public async Task<bool> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var commands = new ApplianceCommands();
        machine.Transport.OnCommand = commands.AnswerAsync;
        machine.Transport.Start();
        var reader = GuestInfoReader.ForGuest(key => machine.Rpc.GetAsync(key, CancellationToken.None).GetAwaiter().GetResult());
        var configuration = ExecutorConfiguration.Read(reader, GuestInfoKey.Appliance);

        _ = new GuestRpcRelay(machine.Transport, GuestLog.Write).RunAsync(GuestRpcRelay.SocketPath, stop.Token);
        using var networks = new ApplianceNetworks(machine.Rpc, configuration);
        await networks.ApplyAsync(stop.Token).ConfigureAwait(false);

        var services = configuration.Sessions
            .Where(session => session.Value.Active)
            .Select(session => new Service(session.Key, session.Value, machine.Rpc).RunAsync(stop.Token))
            .ToArray();
        var restart = await commands.Ended.ConfigureAwait(false);
        GuestLog.Write(restart ? "restarting" : "shutting down");
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(services), Task.Delay(StopGrace)).ConfigureAwait(false);
        return restart;
    }
}
