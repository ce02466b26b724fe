using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Datastores that have an end, and machines and writes that end early.</summary>
public sealed class DatastoreSpaceTests
{
    private const long Capacity = 64 * MachineLab.Megabyte;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LabOptions Small => new() { Runtime = RuntimeKind.None, DatastoreCapacity = Capacity };

    [Fact]
    public async Task Thick_disks_take_what_they_promise_and_thin_ones_what_they_hold()
    {
        await using var lab = await MachineLab.StartAsync(Small);
        var datastore = await DatastoreAsync(lab);
        Assert.Equal(Capacity, await lab.GetAsync<long>(datastore, "summary.capacity"));
        Assert.Equal(Capacity, await lab.GetAsync<long>(datastore, "summary.freeSpace"));

        await lab.RunAsync(Create(lab, "[datastore1] thin.vmdk", 1024, "thin"));
        var thin = Capacity - await lab.GetAsync<long>(datastore, "summary.freeSpace");
        Assert.InRange(thin, 1, MachineLab.Megabyte);
        await lab.RunAsync(Create(lab, "[datastore1] thick.vmdk", 32, "preallocated"));
        var free = await lab.GetAsync<long>(datastore, "summary.freeSpace");
        Assert.InRange(Capacity - free - thin, 32 * MachineLab.Megabyte, 33 * MachineLab.Megabyte);

        var fault = await lab.FaultAsync<NoDiskSpace>(Create(lab, "[datastore1] more.vmdk", 32, "preallocated"));
        Assert.Equal(("datastore1", "[datastore1] more.vmdk"), (fault.Datastore, fault.File));
        await lab.FaultAsync<NoDiskSpace>(new CopyVirtualDiskTaskRequest
        {
            This = lab.Client.Content.VirtualDiskManager!.Value,
            SourceName = "[datastore1] thick.vmdk",
            DestName = "[datastore1] copy.vmdk",
        });
        await lab.FaultAsync<NoDiskSpace>(new ExtendVirtualDiskTaskRequest
        {
            This = lab.Client.Content.VirtualDiskManager!.Value,
            Name = "[datastore1] thick.vmdk",
            NewCapacityKb = 128 * 1024,
        });
        Assert.Equal(["thick-flat.vmdk", "thick.vmdk", "thin-flat.vmdk", "thin.vmdk"], lab.Files("[datastore1]"));
        await lab.RunAsync(new DeleteVirtualDiskTaskRequest { This = lab.Client.Content.VirtualDiskManager!.Value, Name = "[datastore1] thick.vmdk" });
        Assert.Equal(Capacity - thin, await lab.GetAsync<long>(datastore, "summary.freeSpace"));
    }

    [Fact]
    public async Task An_upload_that_does_not_fit_or_is_cut_leaves_nothing()
    {
        await using var lab = await MachineLab.StartAsync(Small);
        var files = new DatastoreFiles(lab.Client, "Datacenter", "datastore1");
        var content = new byte[2 * MachineLab.Megabyte];
        lab.Server.Storage.Fill("datastore1", MachineLab.Megabyte);
        Assert.Equal(MachineLab.Megabyte, await lab.GetAsync<long>(await DatastoreAsync(lab), "summary.freeSpace"));
        Assert.Equal(507, (await Assert.ThrowsAsync<DatastoreFileException>(UploadAsync)).StatusCode);
        Assert.Empty(lab.Files("[datastore1]"));

        lab.Server.Storage.Empty("datastore1");
        lab.Server.Storage.CutWrite(1, 100_000);
        Assert.Equal(500, (await Assert.ThrowsAsync<DatastoreFileException>(UploadAsync)).StatusCode);
        Assert.Empty(lab.Files("[datastore1]"));
        await UploadAsync();
        Assert.Equal(["file.bin"], lab.Files("[datastore1]"));

        Task UploadAsync() => files.UploadAsync("file.bin", new MemoryStream(content), content.Length, null, Cancellation);
    }

    [Fact]
    public async Task A_full_datastore_takes_no_machine_no_disk_and_no_snapshot_and_keeps_what_it_has()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        lab.Server.Storage.Fill("datastore1");
        var before = lab.Files("[datastore1]");
        await Assert.ThrowsAsync<VimFaultException>(() => lab.CreateAsync("another", 4096));
        await lab.FaultAsync<NoDiskSpace>(new CreateSnapshotTaskRequest { This = machine, Name = "first" });
        await lab.FaultAsync<NoDiskSpace>(new ReconfigVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineConfigSpec { DeviceChange = [MachineLab.NewDisk(1000, 1, 4096)] },
        });
        Assert.Equal(before, lab.Files("[datastore1]"));
        Assert.Null(await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"));

        lab.Server.Storage.Empty("datastore1");
        await lab.RunAsync(new CreateSnapshotTaskRequest { This = machine, Name = "first" });
    }

    [Fact]
    public async Task A_disk_whose_write_is_cut_is_not_there()
    {
        await using var lab = await MachineLab.StartAsync();
        lab.Server.Storage.CutWrite(2, 1000);
        await lab.RunAsync(Create(lab, "[datastore1] first.vmdk", 1, "thin"));
        Assert.Equal("[datastore1] second.vmdk", (await lab.FaultAsync<FileFault>(Create(lab, "[datastore1] second.vmdk", 1, "thin"))).File);
        await lab.RunAsync(Create(lab, "[datastore1] third.vmdk", 1, "thin"));
        Assert.Equal(["first-flat.vmdk", "first.vmdk", "third-flat.vmdk", "third.vmdk"], lab.Files("[datastore1]"));
    }

    [Fact]
    public async Task A_machine_that_is_killed_is_off_and_says_that_it_was_not_shut_down()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await lab.PowerOnAsync(machine);
        await lab.Server.KillMachineAsync("vm");

        var runtime = (await lab.GetAsync<VirtualMachineRuntimeInfo>(machine, "runtime"))!;
        Assert.Equal((VirtualMachinePowerState.PoweredOff, false), (runtime.PowerState, runtime.CleanPowerOff!.Value));
        await lab.FaultAsync<InvalidPowerState>(new PowerOffVMTaskRequest { This = machine });
        await lab.PowerOnAsync(machine);
        await lab.PowerOffAsync(machine);
        Assert.True(await lab.GetAsync<bool>(machine, "runtime.cleanPowerOff"));
    }

    private static CreateVirtualDiskTaskRequest Create(MachineLab lab, string path, long megabytes, string type) => new()
    {
        This = lab.Client.Content.VirtualDiskManager!.Value,
        Name = path,
        Spec = new FileBackedVirtualDiskSpec { AdapterType = "lsiLogic", DiskType = type, CapacityKb = megabytes * 1024 },
    };

    private static async Task<ManagedObjectReference> DatastoreAsync(MachineLab lab)
        => (await lab.Client.RetrieveAllAsync("Datastore", ["name"], lab.Client.Content.RootFolder, Cancellation))
            .Single(datastore => datastore.Get<string>("name") == "datastore1").Reference;
}
