using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.Inventory;

public sealed class ContainerViewTests
{
    [Theory]
    [InlineData("ResourcePool")]
    [InlineData("ComputeResource")]
    [InlineData("HostSystem")]
    [InlineData("Folder")]
    public async Task A_watched_view_tells_of_a_virtual_machine_that_comes_later(string container)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.Esx, Runtime = RuntimeKind.None }, cancellation);
        using var client = await VimClient.ConnectAsync(
            new VimClientOptions(new Uri($"https://{lab.Facts.Server}:{lab.Facts.Port}/sdk")) { Thumbprint = lab.Facts.Thumbprint }, cancellation);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, cancellation);
        var containers = await client.RetrieveAllAsync(container, ["name"], client.Content.RootFolder, cancellation);
        var view = await client.CreateContainerViewAsync("VirtualMachine", containers[0].Reference, cancellation);
        var watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForView(view, "VirtualMachine", ["runtime.powerState"]), cancellation);
        await using var updates = watch.ReadAllAsync(cancellation).GetAsyncEnumerator(cancellation);
        var first = updates.MoveNextAsync();

        var folder = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], client.Content.RootFolder, cancellation))[0];
        var pool = (await client.RetrieveAllAsync("ResourcePool", ["name"], client.Content.RootFolder, cancellation))[0];
        var task = await client.InvokeAsync(
            new CreateVMTaskRequest
            {
                This = folder.Get<ManagedObjectReference>("vmFolder"),
                Config = new VirtualMachineConfigSpec
                {
                    Name = "late",
                    GuestId = "other64Guest",
                    Files = new VirtualMachineFileInfo { VmPathName = $"[{lab.Facts.Datastores[0]}]" },
                },
                Pool = pool.Reference,
            },
            cancellation);
        var created = await client.WaitForTaskAsync(task, cancellationToken: cancellation);

        Assert.True(await first.AsTask().WaitAsync(TimeSpan.FromMinutes(1), cancellation));
        Assert.Equal(created.Result, updates.Current.Obj);
        Assert.Equal(VirtualMachinePowerState.PoweredOff, updates.Current.ChangeSet?[0].Val);
    }
}
