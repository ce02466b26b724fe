using Vic.Lab;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;

namespace Vic.Vim25.Tests.Client;

/// <summary>Waiting for tasks, and giving up, against a server that counts what it is asked.</summary>
public sealed class TaskWaitingTests : IAsyncLifetime
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private LabServer? _lab;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LabServer Lab => _lab!;

    public ValueTask InitializeAsync() => StartAsync(TimeSpan.FromMilliseconds(20));

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    [Fact]
    public async Task A_hundred_tasks_share_one_list_and_each_waiter_learns_the_end_of_its_own()
    {
        using VimClient client = await ConnectAsync();

        List<string> outcomes = [.. await Task.WhenAll(Enumerable.Range(0, 100).Select(number => number % 2 == 0 ? SearchAsync(client) : DeleteAsync(client, $"lost-{number}")))];

        Assert.All(outcomes.Where((_, number) => number % 2 == 0), outcome => Assert.Equal("[datastore1]", outcome.Trim()));
        Assert.All(outcomes.Select((outcome, number) => (outcome, number)).Where(pair => pair.number % 2 == 1), pair =>
            Assert.Contains($"lost-{pair.number}", pair.outcome, StringComparison.Ordinal));
        Assert.Equal((1, 1, 1, 100), (Calls("CreateListView"), Calls("CreatePropertyCollector"), Calls("CreateFilter"), Calls("ModifyListView")));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_cancels_its_task_and_no_other()
    {
        await Lab.DisposeAsync();
        await StartAsync(Never);
        using VimClient client = await ConnectAsync();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        ManagedObjectReference given = await DeleteTaskAsync(client, "given-up");
        ManagedObjectReference kept = await DeleteTaskAsync(client, "kept");
        Task<TaskInfo> giving = client.WaitForTaskAsync(given, cancellationToken: first.Token);
        Task<TaskInfo> keeping = client.WaitForTaskAsync(kept, cancelTask: false, second.Token);

        await first.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => giving);
        Assert.Equal(TaskInfoState.Error, await client.GetPropertyAsync<TaskInfoState>(given, "info.state", Token));
        Assert.False(keeping.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
        Assert.Equal(TaskInfoState.Running, await client.GetPropertyAsync<TaskInfoState>(kept, "info.state", Token));
    }

    [Fact]
    public async Task A_wait_that_was_given_up_can_be_taken_up_again()
    {
        using VimClient client = await ConnectAsync();
        using var soon = new CancellationTokenSource();
        ManagedObjectReference task = await DeleteTaskAsync(client, "lost");
        Lab.Faults.Do(1, soon.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.WaitForTaskAsync(task, cancelTask: false, soon.Token));
        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.WaitForTaskAsync(task, cancellationToken: Token));

        Assert.IsType<FileNotFound>(error.Fault);
    }

    [Fact]
    public async Task Waits_fail_with_the_session_and_work_again_with_the_next_one()
    {
        using VimClient client = await ConnectAsync();
        Lab.Faults.Fail(1, CallFailure.EndSession, "WaitForUpdatesEx");

        var error = await Assert.ThrowsAsync<VimFaultException>(() => SearchAsync(client));
        await client.LoginAsync(Lab.Facts.User, Lab.Facts.Password, Token);

        Assert.IsType<NotAuthenticated>(error.Fault);
        Assert.Equal("[datastore1]", (await SearchAsync(client)).Trim());
    }

    [Fact]
    public async Task A_change_whose_caller_gives_up_while_it_is_made_still_returns_what_it_made()
    {
        using VimClient client = await ConnectAsync();
        using var stop = new CancellationTokenSource();
        ManagedObjectReference parent = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token))[0].Get<ManagedObjectReference>("vmFolder");
        Lab.Faults.Do(1, stop.Cancel);

        ManagedObjectReference made = await new Folder(client, parent).CreateFolderAsync("made", stop.Token);

        Assert.Equal("made", await client.GetPropertyAsync<string>(made, "name", Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Folder(client, parent).CreateFolderAsync("never", stop.Token));
        Assert.Null(await new SearchIndex(client, client.Content.SearchIndex!.Value).FindChildAsync(parent, "never", Token));
    }

    private static async Task<string> SearchAsync(VimClient client)
    {
        ObjectProperties datastore = (await client.RetrieveAllAsync("Datastore", ["browser", "name"], cancellationToken: Token))
            .Single(item => item.Get<string>("name") == "datastore1");
        ManagedObjectReference task = await new HostDatastoreBrowser(client, datastore.Get<ManagedObjectReference>("browser"))
            .SearchDatastoreTaskAsync("[datastore1]", new HostDatastoreBrowserSearchSpec(), Token);
        TaskInfo info = await client.WaitForTaskAsync(task, cancellationToken: Token);
        return Assert.IsType<HostDatastoreBrowserSearchResults>(info.Result).FolderPath ?? "";
    }

    private static async Task<string> DeleteAsync(VimClient client, string file)
    {
        ManagedObjectReference task = await DeleteTaskAsync(client, file);
        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.WaitForTaskAsync(task, cancellationToken: Token));
        return Assert.IsType<FileNotFound>(error.Fault).File;
    }

    private static Task<ManagedObjectReference> DeleteTaskAsync(VimClient client, string file) =>
        new FileManager(client, client.Content.FileManager!.Value).DeleteDatastoreFileTaskAsync($"[datastore1] {file}", cancellationToken: Token);

    private int Calls(string method) => Lab.Faults.Calls.Count(call => call.Method == method);

    private async ValueTask StartAsync(TimeSpan taskDelay) => _lab = await LabServer.StartAsync(
        new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None, TaskDelay = taskDelay }, Token);

    private async Task<VimClient> ConnectAsync()
    {
        VimClient client = await VimClient.ConnectAsync(new VimClientOptions(Lab.Facts.Url) { Thumbprint = Lab.Facts.ThumbprintSha256 }, Token);
        await client.LoginAsync(Lab.Facts.User, Lab.Facts.Password, Token);
        return client;
    }
}
