using Vic.Engine.Removal;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Removal;

/// <summary>Remove-ContainerVM takes a container away, and nothing else.</summary>
public sealed class ContainerRemovalTests
{
    private const string Layer = "images/of/vch/VIC/uuid/images/base/base.vmdk";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task The_container_goes_with_its_folder_and_the_layer_under_its_disk_stays(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await lab.CreateDiskAsync(Layer);
        var before = await lab.Lab.SnapshotAsync();
        var container = await lab.CreateAsync("layered", 'd', configure: null, Controller(), ChildOf($"[datastore1] {Layer}"));
        var folder = await lab.FolderAsync(container.Reference);
        await File.WriteAllTextAsync(Path.Combine(folder, "tether.debug"), "a log", Token);
        await LockAsync(lab, container.Reference);

        await new ContainerRemoval(lab.Client).RunAsync(container, force: false, Quiet.Instance, Token);

        await lab.Lab.AssertUnchangedAsync(before, "Remove-ContainerVM");
        Assert.True(File.Exists(lab.Lab.PathOf("datastore1", Layer)));
        Assert.Null(await lab.FindAsync("layered"));
    }

    [Fact]
    public async Task One_that_runs_is_removed_only_by_force()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await lab.ContainerAsync();

        var error = await Assert.ThrowsAsync<VicException>(
            () => new ContainerRemoval(lab.Client).RunAsync(container, force: false, Quiet.Instance, Token));
        Assert.Equal("ContainerRunning", error.ErrorId);
        Assert.Equal("PoweredOn", (await lab.ContainerAsync()).PowerState);

        await new ContainerRemoval(lab.Client).RunAsync(container, force: true, Quiet.Instance, Token);
        Assert.Null(await lab.FindAsync());
    }

    // Only vCenter locks the machines of a VCH.
    private static async Task LockAsync(ContainerLab lab, ManagedObjectReference machine)
    {
        if (lab.Client.IsVirtualCenter)
        {
            await new AuthorizationManager(lab.Client, lab.Client.Content.AuthorizationManager!.Value).DisableMethodsAsync(
                [machine], [new DisabledMethodRequest { Method = MachineRemoval.LockedMethod, ReasonId = "a VCH's" }], MachineRemoval.LockOwner, cancellationToken: Token);
        }
    }

    private static VirtualDeviceConfigSpec Controller() => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        Device = new ParaVirtualSCSIController { Key = -30, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing },
    };

    private static VirtualDeviceConfigSpec ChildOf(string parent) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = -1,
            ControllerKey = -30,
            UnitNumber = 0,
            CapacityInKB = 64 << 10,
            Backing = new VirtualDiskFlatVer2BackingInfo
            {
                FileName = "[datastore1]",
                DiskMode = "persistent",
                ThinProvisioned = true,
                Parent = new VirtualDiskFlatVer2BackingInfo { FileName = parent, DiskMode = "persistent" },
            },
        },
    };
}
