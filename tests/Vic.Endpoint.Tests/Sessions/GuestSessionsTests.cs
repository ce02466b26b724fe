using Vic.Configuration;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Sessions;

namespace Vic.Endpoint.Tests.Sessions;

/// <summary>Who waits for a guest is told when it will not come any more.</summary>
public sealed class GuestSessionsTests
{
    private static readonly string Container = new('c', 64);

    private readonly GuestSessions _sessions = new(new byte[AttachConfiguration.KeyLength]);

    [Fact]
    public async Task Waiting_for_a_guest_ends_when_its_run_does()
    {
        _sessions.Open(Container, terminal: false);
        var waiting = _sessions.ConnectAsync(Container, TestContext.Current.CancellationToken);

        _sessions.Close(Container);

        await Assert.ThrowsAsync<MachineStoppedException>(() => waiting);
    }

    [Fact]
    public async Task Waiting_for_a_guest_ends_when_another_run_begins()
    {
        _sessions.Open(Container, terminal: false);
        var waiting = _sessions.ConnectAsync(Container, TestContext.Current.CancellationToken);

        _sessions.Open(Container, terminal: false);

        await Assert.ThrowsAsync<MachineStoppedException>(() => waiting);
    }

    [Fact]
    public async Task Nobody_waits_for_the_guest_of_a_machine_that_is_off() =>
        await Assert.ThrowsAsync<MachineStoppedException>(() => _sessions.ConnectAsync(Container, TestContext.Current.CancellationToken));
}
