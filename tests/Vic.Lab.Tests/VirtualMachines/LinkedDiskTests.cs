using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>A disk that another disk or a running machine needs stays as it is, whoever asks.</summary>
public sealed class LinkedDiskTests
{
    private const string Parent = "[datastore1] parent/parent.vmdk";
    private const string Child = "[datastore1] child/child.vmdk";

    private const int Locked = 423;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parent_is_not_deleted_moved_extended_or_overwritten_while_it_has_a_child()
    {
        await using var lab = await MachineLab.StartAsync();
        await lab.CreateAsync("parent", 4096);
        await lab.CreateLinkedAsync("child", Parent);
        await lab.RunAsync(Copy(Parent, "[datastore1] other.vmdk", force: false));

        Assert.Equal(Parent, (await lab.FaultAsync<FileLocked>(Delete(lab, Parent))).File);
        await lab.FaultAsync<FileLocked>(DeleteFile(lab, Parent));
        await lab.FaultAsync<FileLocked>(DeleteFile(lab, "[datastore1] parent/parent-flat.vmdk"));
        await lab.FaultAsync<FileLocked>(DeleteFile(lab, "[datastore1] parent"));
        await lab.FaultAsync<FileLocked>(Move(Parent, "[datastore1] elsewhere.vmdk"));
        await lab.FaultAsync<FileLocked>(Copy("[datastore1] other.vmdk", Parent, force: true));
        await lab.FaultAsync<FileLocked>(new ExtendVirtualDiskTaskRequest { This = Manager(lab), Name = Parent, NewCapacityKb = 8192 });
        await lab.FaultAsync<FileLocked>(new MoveDatastoreFileTaskRequest
        {
            This = lab.Client.Content.FileManager!.Value,
            SourceName = "[datastore1] parent",
            DestinationName = "[datastore1] elsewhere",
        });
        Assert.Equal(["parent-flat.vmdk", "parent.vmdk", "parent.vmx"], lab.Files("[datastore1] parent"));

        await lab.RunAsync(Delete(lab, Child));
        await lab.RunAsync(Delete(lab, Parent));
        Assert.Equal(["parent.vmx"], lab.Files("[datastore1] parent"));

        CopyVirtualDiskTaskRequest Copy(string from, string to, bool force) => new() { This = Manager(lab), SourceName = from, DestName = to, Force = force };
        MoveVirtualDiskTaskRequest Move(string from, string to) => new() { This = Manager(lab), SourceName = from, DestName = to };
    }

    [Fact]
    public async Task A_file_is_neither_uploaded_over_nor_deleted_over_HTTP_while_it_is_needed()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("parent", 4096);
        await lab.CreateLinkedAsync("child", Parent);
        var files = new DatastoreFiles(lab.Client, "Datacenter", "datastore1");

        Assert.Equal(Locked, await StatusAsync(() => files.UploadAsync("parent/parent.vmdk", new MemoryStream([1]), 1, null, Cancellation)));
        await lab.PowerOnAsync(machine);
        Assert.Equal(Locked, await StatusAsync(() => files.UploadAsync("parent/parent.vmx", new MemoryStream([1]), 1, null, Cancellation)));
        await lab.FaultAsync<FileLocked>(DeleteFile(lab, "[datastore1] parent/parent.vmx"));
    }

    [Fact]
    public async Task A_disk_of_a_running_machine_is_locked_and_one_of_a_machine_that_is_off_is_not()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("parent", 4096);
        await lab.PowerOnAsync(machine);
        await lab.FaultAsync<FileLocked>(Delete(lab, Parent));
        await lab.PowerOffAsync(machine);
        await lab.RunAsync(Delete(lab, Parent));
    }

    [Fact]
    public async Task Destroying_a_machine_leaves_the_disk_that_another_one_grew_from()
    {
        await using var lab = await MachineLab.StartAsync();
        var parent = await lab.CreateAsync("parent", 4096, 4096);
        var child = await lab.CreateLinkedAsync("child", Parent);
        await lab.RunAsync(new DestroyTaskRequest { This = parent });
        Assert.Equal(["parent-flat.vmdk", "parent.vmdk"], lab.Files("[datastore1] parent"));

        await lab.PowerOnAsync(child);
        await lab.PowerOffAsync(child);
        await lab.RunAsync(new DestroyTaskRequest { This = child });
        Assert.Empty(lab.Files("[datastore1] child"));
    }

    [Fact]
    public async Task A_directory_moves_with_its_disks_and_their_parents_elsewhere_are_found_again()
    {
        await using var lab = await MachineLab.StartAsync();
        await lab.CreateAsync("parent", 4096);
        var child = await lab.CreateLinkedAsync("child", Parent);
        await lab.Client.InvokeAsync(new UnregisterVMRequest { This = child }, Cancellation);
        await lab.Client.InvokeAsync(
            new MakeDirectoryRequest { This = lab.Client.Content.FileManager!.Value, Name = "[datastore1] deep/er", CreateParentDirectories = true },
            Cancellation);
        await lab.RunAsync(new MoveDatastoreFileTaskRequest
        {
            This = lab.Client.Content.FileManager!.Value,
            SourceName = "[datastore1] child",
            DestinationName = "[datastore1] deep/er/child",
        });

        await lab.FaultAsync<FileLocked>(Delete(lab, Parent));
        await lab.RunAsync(new CopyVirtualDiskTaskRequest
        {
            This = Manager(lab),
            SourceName = "[datastore1] deep/er/child/child.vmdk",
            DestName = "[datastore1] flat.vmdk",
        });
    }

    private static ManagedObjectReference Manager(MachineLab lab) => lab.Client.Content.VirtualDiskManager!.Value;

    private static DeleteVirtualDiskTaskRequest Delete(MachineLab lab, string path) => new() { This = Manager(lab), Name = path };

    private static DeleteDatastoreFileTaskRequest DeleteFile(MachineLab lab, string path)
        => new() { This = lab.Client.Content.FileManager!.Value, Name = path };

    private static async Task<int> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<DatastoreFileException>(call)).StatusCode;
}
