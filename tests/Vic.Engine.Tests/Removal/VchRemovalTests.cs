using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Removal;

/// <summary>Remove-VCH leaves inventory and datastores, file by file, as they were before New-VCH.</summary>
public sealed class VchRemovalTests
{
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
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with { ImageStorePath = imageFolder, AsVApp = asVApp });
        Assert.Contains(await lab.SnapshotAsync(), line => line.Contains("/layer/manifest", StringComparison.Ordinal));

        await lab.RemoveAsync(vch);

        await lab.AssertUnchangedAsync(before, "Remove-VCH");
        Assert.Empty(await lab.ListAsync());
    }

    [Fact]
    public async Task Running_containers_are_named_and_nothing_is_removed_without_force()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await lab.SnapshotAsync();

        var error = await Assert.ThrowsAsync<VicException>(() => lab.RemoveAsync(vch, force: false));

        Assert.Equal("ContainersRunning", error.ErrorId);
        Assert.Contains(RunningVch.ContainerName, error.Message, StringComparison.Ordinal);
        await lab.AssertUnchangedAsync(before, "a removal that was refused");
    }

    [Fact]
    public async Task A_machine_that_somebody_else_has_put_into_the_pool_stays_with_its_files()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        using var client = await lab.ConnectAsync();
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token)).Single();
        await RunningVch.CreateMachineAsync(client, datacenter.Get<ManagedObjectReference>("vmFolder"), await PoolAsync(client, vch), "guest-of-the-pool", []);

        await lab.RemoveAsync(vch);

        var after = await lab.SnapshotAsync();
        Assert.Contains(after, line => line.Contains("'guest-of-the-pool'", StringComparison.Ordinal));
        Assert.Contains(after, line => line.Contains("guest-of-the-pool.vmx", StringComparison.Ordinal));
        Assert.DoesNotContain(after, line => line.StartsWith($"VirtualMachine:{vch.Reference.Value} ", StringComparison.Ordinal));
    }

    private static async Task<ManagedObjectReference> PoolAsync(VimClient client, VchInfo vch) =>
        await client.GetPropertyAsync<ManagedObjectReference>(vch.Reference, "resourcePool", Token);
}
