using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>Taking back a deployment that failed.</summary>
public sealed class UndoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_of_the_cleaning_up_that_fails_is_tried_again()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        lab.Faults.Fail(1, CallFailure.Fault, "PowerOnMultiVM_Task");
        lab.Faults.Fail(1, CallFailure.DropAnswer, "Destroy_Task");
        lab.Faults.Fail(1, CallFailure.Fault, "DeleteDatastoreFile_Task");

        var error = await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, lab.Request(), Token));

        Assert.Empty(error.LeftBehind);
        await lab.AssertUnchangedAsync(before, "a clean-up that stumbled");
    }

    [Theory]
    [InlineData("CreateVM_Task", CallFailure.DropAnswer)]
    [InlineData("CreateListView", CallFailure.Fault)]
    public async Task A_machine_that_was_still_being_created_when_its_task_was_lost_sight_of_is_removed(string method, CallFailure failure)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx, TimeSpan.FromMilliseconds(300));
        using var client = await lab.ConnectAsync();
        await AddPortGroupAsync(client, "shared");
        var before = await lab.SnapshotAsync();
        lab.Faults.Fail(1, failure, method);

        var error = await Assert.ThrowsAsync<DeploymentException>(
            () => EngineLab.DeployAsync(client, lab.Request() with { BridgeNetwork = InventorySelector.ByName("shared") }, Token));

        Assert.Empty(error.LeftBehind);
        await lab.AssertUnchangedAsync(before, $"a lost {method}");
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_named_in_the_order_of_its_removal()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var owner = await lab.ConnectAsync();
        using var client = await lab.JoinAsync(owner);
        lab.Faults.Fail(1, CallFailure.EndSession, "PowerOnMultiVM_Task");

        var error = await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, lab.Request(), Token));

        Assert.Collection(
            error.LeftBehind,
            left => Assert.StartsWith($"the virtual machine '{EngineLab.VchName}'", left, StringComparison.Ordinal),
            left => Assert.StartsWith($"the images in '[datastore1] {EngineLab.ImageFolder}'", left, StringComparison.Ordinal),
            left => Assert.StartsWith($"the inventory folder '{EngineLab.VchName}'", left, StringComparison.Ordinal),
            left => Assert.StartsWith($"the resource pool '{EngineLab.VchName}'", left, StringComparison.Ordinal));
        Assert.All(error.LeftBehind, left => Assert.Contains(left, error.Message, StringComparison.Ordinal));
        Assert.Contains("in this order", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InventoryModel.VCenter, "Creating the folder")]
    [InlineData(InventoryModel.VCenter, "Creating the resource pool")]
    [InlineData(InventoryModel.Esx, "Creating the resource pool")]
    public async Task What_somebody_else_made_under_the_same_name_meanwhile_stays(InventoryModel model, string step)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        using var other = await lab.ConnectAsync();
        IReadOnlyList<string> theirs = [];
        var progress = new AtStep(step, () =>
        {
            MakeAsync(other, step).GetAwaiter().GetResult();
            theirs = lab.SnapshotAsync().GetAwaiter().GetResult();
        });

        var error = await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, lab.Request(), Token, progress));

        Assert.Equal("NameTaken", error.ErrorId);
        Assert.Contains(await lab.SnapshotAsync(), line => line.Contains($"'{EngineLab.VchName}'", StringComparison.Ordinal));
        Assert.Contains(theirs, line => line.Contains($"'{EngineLab.VchName}'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Uploading appliance.iso")]
    [InlineData("Uploading bootstrap.iso")]
    public async Task A_cancelled_upload_leaves_nothing_behind(string step)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => EngineLab.DeployAsync(client, lab.Request(), cancellation.Token, new AtStep(step, cancellation.Cancel)));

        await lab.AssertUnchangedAsync(before, step);
        Assert.False(Directory.Exists(lab.CertificatePath));
    }

    [Fact]
    public async Task Certificates_of_a_deployment_that_failed_are_gone_and_those_that_were_there_stay()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var request = lab.Request() with
        {
            Tls = new TlsRequest { Mode = TlsMode.Mutual, CertificatePath = lab.CertificatePath, Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 256) },
        };
        Directory.CreateDirectory(lab.CertificatePath);
        await File.WriteAllTextAsync(Path.Combine(lab.CertificatePath, "notes.txt"), "mine", Token);
        lab.Faults.Fail(1, CallFailure.Fault, "PowerOnVM_Task");

        await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, request, Token));

        Assert.Equal(["notes.txt"], Directory.EnumerateFileSystemEntries(lab.CertificatePath).Select(Path.GetFileName));
    }

    private static async Task AddPortGroupAsync(VimClient client, string name)
    {
        var host = (await client.RetrieveAllAsync("HostSystem", ["configManager.networkSystem"], cancellationToken: Token)).Single();
        var network = new HostNetworkSystem(client, host.Get<ManagedObjectReference>("configManager.networkSystem"));
        await network.AddVirtualSwitchAsync(name, new HostVirtualSwitchSpec { NumPorts = 8 }, Token);
        await network.AddPortGroupAsync(
            new HostPortGroupSpec { Name = name, VlanId = 1, VswitchName = name, Policy = new HostNetworkPolicy() }, Token);
    }

    private static async Task MakeAsync(VimClient client, string step)
    {
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token)).Single();
        var compute = (await client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Token)).Single();
        await (step == "Creating the folder"
            ? (Task)new Folder(client, datacenter.Get<ManagedObjectReference>("vmFolder")).CreateFolderAsync(EngineLab.VchName, Token)
            : new ResourcePool(client, compute.Get<ManagedObjectReference>("resourcePool")).CreateResourcePoolAsync(EngineLab.VchName, Unlimited(), Token));
    }

    private static ResourceConfigSpec Unlimited() => new()
    {
        CpuAllocation = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } },
        MemoryAllocation = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } },
    };

    /// <summary>Does something once, when a step is reported.</summary>
    private sealed class AtStep(string step, Action action) : IProgress<StepProgress>
    {
        private bool _done;

        public void Report(StepProgress value)
        {
            if (value.Step == step && !_done)
            {
                _done = true;
                action();
            }
        }
    }
}
