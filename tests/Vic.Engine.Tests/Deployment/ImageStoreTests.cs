using Vic.Engine.Deployment;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Deployment;

/// <summary>The folder of an image store belongs to whoever made it.</summary>
public sealed class ImageStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_was_there_before_a_deployment_that_failed_stays()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        Directory.CreateDirectory(lab.PathOf("datastore1", EngineLab.ImageFolder));
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        lab.Faults.Fail(1, CallFailure.Fault, "PowerOnMultiVM_Task");

        await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, lab.Request(), Token));

        await lab.AssertUnchangedAsync(before, "a deployment that failed");
    }

    [Fact]
    public async Task The_images_of_another_VCH_in_the_same_folder_stay()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var theirs = Path.Combine(lab.PathOf("datastore1", EngineLab.ImageFolder), "VIC", Guid.NewGuid().ToString(), "images");
        Directory.CreateDirectory(theirs);
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        var deployed = await EngineLab.DeployAsync(client, lab.Request(), Token);

        await lab.RemoveAsync(deployed.Vch);

        await lab.AssertUnchangedAsync(before, "Remove-VCH");
    }
}
