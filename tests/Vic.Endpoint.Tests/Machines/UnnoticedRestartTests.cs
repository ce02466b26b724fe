using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vic.Configuration;
using Vic.Endpoint.Machines.VSphere;
using Vic.Endpoint.Sessions;
using Vic.Endpoint.Tests.Doubles;
using Vic.Guest.Sessions;
using Vic.Lab.Inventory;
using Vic.Testing.Networking;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>A container VM that somebody has started anew so that vSphere never tells it to be off runs another time, and the endpoint notices.</summary>
public sealed class UnnoticedRestartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reset_is_told_by_the_guest_that_comes_anew_and_gets_a_session_of_its_own()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var reference = await lab.CreateAsync(lab.Folder, lab.Pool, 'e');
        await lab.PowerOnAsync(reference);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watch = lab.Watch(lab.Pool);
        var watching = watch.RunAsync(stop.Token);
        var sessions = new GuestSessions(new byte[AttachConfiguration.KeyLength]);
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        using var ports = new SessionPorts(sessions, NullLogger<SessionPorts>.Instance);
        ports.OpenNetwork(address);
        var power = watch.Follow(reference.Reference);
        var machine = new VSphereMachine(lab.Platform(lab.Folder, lab.Pool), reference.Reference, ContainerLab.Record('e'), power, sessions);
        machine.ExpectGuest();
        await power.WaitUntilKnownAsync(Cancellation);
        await using var before = new TetherSession(ContainerLab.IdOf('e'), sessions.KeyOf(ContainerLab.IdOf('e')), new IdleGuest());
        using var reset = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var connecting = ConnectAsync(before, address, reset.Token);
        var first = await machine.ConnectAsync(Cancellation);
        var run = Assert.NotNull(await machine.WaitForRunAsync(0, Cancellation));
        var off = machine.WaitForPowerOffAsync(Cancellation);

        await reset.CancelAsync();
        await connecting;
        await using var after = new TetherSession(ContainerLab.IdOf('e'), sessions.KeyOf(ContainerLab.IdOf('e')), new IdleGuest());
        connecting = ConnectAsync(after, address, stop.Token);

        await off;
        Assert.Equal(run + 1, await machine.WaitForRunAsync(run, Cancellation));
        await Assert.ThrowsAsync<SessionLostException>(() => first.Main.Exited);
        await machine.TakeOverAsync(Cancellation);
        Assert.NotSame(first, await machine.ConnectAsync(Cancellation));
        Assert.True(machine.IsPoweredOn);
        await stop.CancelAsync();
        await Task.WhenAll(watching, connecting);
    }

    private static Task ConnectAsync(TetherSession session, IPEndPoint address, CancellationToken cancellationToken) => new SessionConnector(
        session,
        async token =>
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address, token);
            return client.GetStream();
        },
        LinkProfile.Network).RunAsync(cancellationToken);

    /// <summary>A guest whose process nobody has started yet.</summary>
    private sealed class IdleGuest : ISessionHost
    {
        public ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("nobody has asked for it");

        public ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nobody has asked for it");

        public ValueTask ReloadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
