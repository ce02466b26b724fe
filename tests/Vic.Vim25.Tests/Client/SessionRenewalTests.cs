using Vic.Lab.Api;
using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Sessions that servers end, on the lab, which does it when it is told to.</summary>
public sealed class SessionRenewalTests(LabVCenter server) : IClassFixture<LabVCenter>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VimClientOptions Renewing => new(server.Url) { Thumbprint = server.Thumbprint, RenewSession = true };

    [Fact]
    public async Task A_change_that_finds_the_session_ended_is_made_once_in_a_new_one()
    {
        using VimClient client = await server.LoginAsync(Renewing, Token);
        var folder = new Folder(client, await VimServer.FindAsync(client, server.FolderPath, Token));
        server.Faults.Reset();
        server.Faults.Fail(1, CallFailure.EndSession);

        ManagedObjectReference made = await folder.CreateFolderAsync("made-" + Guid.NewGuid().ToString("N"), Token);

        Assert.StartsWith("made-", await client.GetPropertyAsync<string>(made, "name", Token), StringComparison.Ordinal);
        Assert.Equal(["CreateFolder", "Login", "CreateFolder"], server.Faults.Calls.Take(3).Select(call => call.Method));
    }

    [Fact]
    public async Task Many_calls_that_find_the_session_ended_open_one_new_session()
    {
        using VimClient client = await server.LoginAsync(Renewing, Token);
        server.Faults.Reset();
        server.Faults.Fail(1, CallFailure.EndSession);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.RetrieveAsync(client.Content.RootFolder, ["name"], Token)));

        Assert.Single(server.Faults.Calls, call => call.Method == "Login");
    }

    [Fact]
    public async Task Waits_for_tasks_and_watches_go_on_in_the_new_session()
    {
        using VimClient client = await server.LoginAsync(Renewing, Token);
        VirtualMachine vm = await server.CreateMachineAsync(client, "made-" + Guid.NewGuid().ToString("N"), Token);
        await using PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([vm.Reference], ["runtime.powerState"]), Token);
        await watch.NextAsync(Token);
        server.Faults.Reset();
        server.Faults.Fail(1, CallFailure.EndSession, "WaitForUpdatesEx");

        TaskInfo info = await client.WaitForTaskAsync(await vm.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        IReadOnlyList<ObjectUpdate> updates = await watch.NextAsync(Token);

        Assert.Equal(TaskInfoState.Success, info.State);
        Assert.Equal(ObjectUpdateKind.Enter, Assert.Single(updates).Kind);
        Assert.Equal(VirtualMachinePowerState.PoweredOn, updates[0].ChangeSet![0].Val);
    }

    [Fact]
    public async Task Without_leave_to_keep_the_password_an_ended_session_is_the_callers_affair()
    {
        using VimClient client = await server.LoginAsync(Token);
        server.Faults.Fail(1, CallFailure.EndSession);

        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.RetrieveAsync(client.Content.RootFolder, ["name"], Token));

        Assert.IsType<NotAuthenticated>(error.Fault);
    }

    [Fact]
    public async Task An_idle_session_of_its_own_is_kept_alive_and_another_ones_is_not()
    {
        var options = new VimClientOptions(server.Url) { Thumbprint = server.Thumbprint, KeepAlive = TimeSpan.FromMilliseconds(50) };
        using VimClient own = await server.LoginAsync(Token);
        using VimClient joined = await VimClient.ConnectAsync(options, own.SessionCookie, Token);
        server.Faults.Reset();
        using VimClient other = await server.LoginAsync(options, Token);

        while (server.Faults.Calls.Count(call => call.Method == "CurrentTime") < 2)
        {
            await Task.Delay(10, Token);
        }

        Assert.Single(server.Faults.Calls.Where(call => call.Method == "CurrentTime").Select(call => call.SessionKey).Distinct());
    }
}
