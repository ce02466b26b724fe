using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

public sealed class TaskManagerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tasks_that_have_ended_are_found_by_entity_state_and_user()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        await lab.PowerOnAsync(machine);
        await Assert.ThrowsAsync<VimFaultException>(() => lab.PowerOnAsync(machine));

        Assert.Equal(["success", "error"], await StatesAsync(new TaskFilterSpec { Entity = By(machine, TaskFilterSpecRecursionOption.Self) }));
        Assert.Equal(["error"], await StatesAsync(new TaskFilterSpec { State = [TaskInfoState.Error] }));
        Assert.Equal(3, (await StatesAsync(new TaskFilterSpec
        {
            Entity = By(await lab.FindAsync("Datacenter"), TaskFilterSpecRecursionOption.All),
            UserName = new TaskFilterSpecByUsername { UserList = [lab.Server.Facts.User] },
        })).Count);
        Assert.Empty(await StatesAsync(new TaskFilterSpec { Time = new TaskFilterSpecByTime { TimeType = TaskFilterSpecTimeOption.QueuedTime, EndTime = DateTime.UnixEpoch } }));

        async Task<List<string>> StatesAsync(TaskFilterSpec spec)
        {
            var collector = new TaskHistoryCollector(lab.Client, await Manager(lab).CreateCollectorForTasksAsync(spec, Token));
            var tasks = await collector.ReadNextTasksAsync(100, Token) ?? [];
            await collector.DestroyCollectorAsync(Token);
            return [.. tasks.Select(task => task.State.ToWireText())];
        }
    }

    [Fact]
    public async Task Recent_tasks_are_known_to_the_manager()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        var task = await new VirtualMachine(lab.Client, machine).PowerOnVMTaskAsync(cancellationToken: Token);

        Assert.Equal(task, (await lab.ReadAsync<List<ManagedObjectReference>>(Manager(lab).Reference, "recentTask"))![^1]);
        Assert.Contains(
            "VirtualMachine.powerOn",
            (await lab.ReadAsync<TaskDescription>(Manager(lab).Reference, "description"))!.MethodInfo.Select(method => method.Key));
    }

    [Fact]
    public async Task A_client_tells_how_far_its_own_task_is()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var created = await Manager(lab).CreateTaskAsync(await lab.FindAsync("Datacenter"), "com.example.work", true, cancellationToken: Token);
        var task = new VimTask(lab.Client, created.Task);

        await ConnectedLab.FaultOfAsync<InvalidState>(() => task.UpdateProgressAsync(10, Token));
        await task.SetTaskStateAsync(TaskInfoState.Running, cancellationToken: Token);
        await task.UpdateProgressAsync(10, Token);
        await ConnectedLab.FaultOfAsync<OutOfBounds>(() => task.UpdateProgressAsync(101, Token));
        await task.CancelTaskAsync(Token);
        var running = (await lab.ReadAsync<TaskInfo>(task.Reference, "info"))!;
        await task.SetTaskStateAsync(TaskInfoState.Success, "result", cancellationToken: Token);

        Assert.Equal((TaskInfoState.Running, 10, true), (running.State, running.Progress, running.Cancelled));
        Assert.Equal("result", await lab.RunAsync(task.Reference));
        await ConnectedLab.FaultOfAsync<InvalidState>(() => task.UpdateProgressAsync(20, Token));
    }

    [Fact]
    public async Task Somebody_elses_task_is_cancelled_by_those_who_may()
    {
        await using var accounts = await AccountsLab.StartAsync(new LabOptions { TaskDelay = TimeSpan.FromMinutes(5) });
        var lab = accounts.Lab;
        var pool = await lab.FindAsync("ResourcePool");
        var folder = await lab.ReadAsync<ManagedObjectReference>(await lab.FindAsync("Datacenter"), "vmFolder");
        var task = await new Folder(lab.Client, folder).CreateVMTaskAsync(
            new VirtualMachineConfigSpec { Name = "m", Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" } }, pool, cancellationToken: Token);
        await accounts.PermitAsync(accounts.Root, -2);
        using var client = await accounts.LoginAsync();

        Assert.Equal(
            "Global.CancelTask", (await ConnectedLab.FaultOfAsync<NoPermission>(() => new VimTask(client, task).CancelTaskAsync(Token))).PrivilegeId);
        await accounts.PermitAsync(accounts.Root, ["Global.CancelTask"]);
        await new VimTask(client, task).CancelTaskAsync(Token);

        await ConnectedLab.FaultOfAsync<RequestCanceled>(() => lab.RunAsync(task));
    }

    private static TaskFilterSpecByEntity By(ManagedObjectReference entity, TaskFilterSpecRecursionOption recursion)
        => new() { Entity = entity, Recursion = recursion };

    private static TaskManager Manager(ConnectedLab lab) => new(lab.Client, lab.Client.Content.TaskManager!.Value);
}
