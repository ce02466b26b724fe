using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Removal;

/// <summary>Remove-VCH leaves inventory and datastores, file by file, as they were before New-VCH.</summary>
public sealed class VchRemovalTests
{
    private static readonly string ContainerId = new('c', 64);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter, EngineLab.ImageFolder, false)]
    [InlineData(InventoryModel.VCenter, "", false)]
    [InlineData(InventoryModel.VCenter, EngineLab.ImageFolder, true)]
    [InlineData(InventoryModel.Esx, EngineLab.ImageFolder, false)]
    [InlineData(InventoryModel.Esx, "", false)]
    public async Task Containers_images_endpoint_networks_and_groups_all_go(InventoryModel model, string imageFolder, bool asVApp)
    {
        await using var lab = await EngineLab.StartAsync(model);
        lab.Endpoint.ImageFolder = imageFolder.Length > 0 ? imageFolder : EngineLab.VchName;
        var before = await lab.SnapshotAsync();
        var vch = await DeployAsync(lab, lab.Request() with { ImageStorePath = imageFolder, AsVApp = asVApp });
        Assert.Contains(await lab.SnapshotAsync(), line => line.Contains("/layer/manifest", StringComparison.Ordinal));

        await lab.RemoveAsync(vch);

        await lab.AssertUnchangedAsync(before, "Remove-VCH");
        Assert.Empty(await lab.ListAsync());
    }

    [Theory]
    [InlineData(InventoryModel.VCenter, CallFailure.Fault)]
    [InlineData(InventoryModel.VCenter, CallFailure.DropAnswer)]
    [InlineData(InventoryModel.Esx, CallFailure.Fault)]
    [InlineData(InventoryModel.Esx, CallFailure.DropAnswer)]
    public async Task A_removal_that_fails_at_any_call_is_finished_by_the_next_one(InventoryModel model, CallFailure failure) =>
        await SweepAsync(model, (lab, number, _) => lab.Faults.Fail(number, failure));

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_removal_that_is_cancelled_at_any_call_is_finished_by_the_next_one(InventoryModel model) =>
        await SweepAsync(model, (lab, number, cancel) => lab.Faults.Do(number, cancel));

    [Fact]
    public async Task Running_containers_are_named_and_nothing_is_removed_without_force()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await DeployAsync(lab, lab.Request());
        var before = await lab.SnapshotAsync();

        var error = await Assert.ThrowsAsync<VicException>(() => lab.RemoveAsync(vch, force: false));

        Assert.Equal("ContainersRunning", error.ErrorId);
        Assert.Contains("lively", error.Message, StringComparison.Ordinal);
        await lab.AssertUnchangedAsync(before, "a removal that was refused");
    }

    [Fact]
    public async Task A_machine_that_somebody_else_has_put_into_the_pool_stays_with_its_files()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await DeployAsync(lab, lab.Request());
        using var client = await lab.ConnectAsync();
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token)).Single();
        await CreateAsync(client, datacenter.Get<ManagedObjectReference>("vmFolder"), await PoolAsync(client, vch), "guest-of-the-pool", []);

        await lab.RemoveAsync(vch);

        var after = await lab.SnapshotAsync();
        Assert.Contains(after, line => line.Contains("'guest-of-the-pool'", StringComparison.Ordinal));
        Assert.Contains(after, line => line.Contains("guest-of-the-pool.vmx", StringComparison.Ordinal));
        Assert.DoesNotContain(after, line => line.StartsWith($"VirtualMachine:{vch.Reference.Value} ", StringComparison.Ordinal));
    }

    private static async Task SweepAsync(InventoryModel model, Action<EngineLab, int, Action> arrange)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var before = await lab.SnapshotAsync();
        for (var number = 1; ; number++)
        {
            var vch = await DeployAsync(lab, lab.Request());
            using var client = await lab.ConnectAsync();
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            lab.Faults.Reset();
            arrange(lab, number, cancellation.Cancel);
            try
            {
                await EngineLab.RemoveAsync(client, vch, cancellation.Token);
            }
            catch (Exception exception) when (exception is VimException or OperationCanceledException)
            {
                // What is left must still be listed, or nothing may be left.
            }

            var calls = lab.Faults.Calls;
            lab.Faults.Reset();
            if (await lab.ListAsync() is [var left])
            {
                await lab.RemoveAsync(left);
            }

            await lab.AssertUnchangedAsync(before, $"call {number} ({calls.ElementAtOrDefault(number - 1)?.Method})");
            if (calls.Count < number)
            {
                return;
            }
        }
    }

    /// <summary>A VCH with one container that runs.</summary>
    private static async Task<VchInfo> DeployAsync(EngineLab lab, VchRequest request)
    {
        using var client = await lab.ConnectAsync();
        var deployed = await EngineLab.DeployAsync(client, request, Token);
        var container = await ContainerAsync(client, deployed.Vch);
        await client.WaitForTaskAsync(await container.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        return deployed.Vch;
    }

    private static async Task<VirtualMachine> ContainerAsync(VimClient client, VchInfo vch)
    {
        var endpoint = await client.RetrieveAsync(vch.Reference, ["parent", "resourcePool"], Token);
        var configuration = new ExecutorConfiguration { Id = ContainerId, Name = "lively" };
        var keys = GuestInfoSet.Of(configuration, SecretKey.Generate());
        return await CreateAsync(
            client,
            endpoint.Get<ManagedObjectReference?>("parent"),
            endpoint.Get<ManagedObjectReference>("resourcePool"),
            "lively-cccccccccccc",
            [.. keys.Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value })]);
    }

    private static async Task<ManagedObjectReference> PoolAsync(VimClient client, VchInfo vch) =>
        await client.GetPropertyAsync<ManagedObjectReference>(vch.Reference, "resourcePool", Token);

    private static async Task<VirtualMachine> CreateAsync(
        VimClient client, ManagedObjectReference? folder, ManagedObjectReference pool, string name, List<OptionValue> keys)
    {
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            NumCPUs = 1,
            MemoryMB = 64,
            ExtraConfig = keys,
        };
        var task = folder is { } parent
            ? await new Folder(client, parent).CreateVMTaskAsync(spec, pool, cancellationToken: Token)
            : await new ResourcePool(client, pool).CreateChildVMTaskAsync(spec, cancellationToken: Token);
        var created = await client.WaitForTaskAsync(task, cancellationToken: Token);
        return new VirtualMachine(client, (ManagedObjectReference)created.Result!);
    }
}
