using System.Text.Json;
using Vic.Lab.Disks;
using Vic.Lab.Machines;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Lab.Tests.Disks;

public sealed class VirtualDisksTests : IDisposable
{
    private const long Gigabyte = 1024 * 1024 * 1024;
    private readonly TemporaryFolder _folder = new();
    private readonly DiskLeases _leases = new();
    private readonly VirtualDisks _disks;

    public VirtualDisksTests() => _disks = new VirtualDisks(_folder.Path, _leases, new StorageSpace());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_of_layers_is_one_file_a_layer()
    {
        await _disks.CreateAsync(_folder["scratch.vmdk"], new VirtualDiskOptions { CapacityBytes = 8 * Gigabyte }, Cancellation);
        Directory.CreateDirectory(_folder["layer"]);
        var (layer, container) = (Path.Combine(_folder["layer"], "layer.vmdk"), _folder["container.vmdk"]);
        await _disks.CreateChildAsync(layer, _folder["scratch.vmdk"], null, Cancellation);
        await _disks.CreateChildAsync(container, layer, null, Cancellation);

        var info = await new Command("qemu-img", "info", "--backing-chain", "--output=json", _disks.Inspect(container)!.DataPath).RunAsync(Cancellation);
        using var images = JsonDocument.Parse(info.EnsureSuccess().Output);
        Assert.Equal(
            ["container-delta.vmdk", "layer-delta.vmdk", "scratch-flat.vmdk"],
            images.RootElement.EnumerateArray().Select(image => Path.GetFileName(image.GetProperty("filename").GetString())));
        Assert.Equal(8 * Gigabyte, _disks.Inspect(container)!.CapacityBytes);
        Assert.Equal(layer, _disks.Inspect(container)!.ParentPath);
        await Assert.ThrowsAsync<VirtualDiskInUseException>(() => _disks.DeleteAsync(layer, Cancellation));
        await _disks.DeleteAsync(container, Cancellation);
        await _disks.DeleteAsync(layer, Cancellation);
        Assert.Equal(["scratch-flat.vmdk", "scratch.vmdk"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_descriptor_reads_as_ESXi_writes_it()
    {
        var uuid = Guid.Parse("6000c29f-1234-5678-9abc-def012345678");
        await _disks.CreateAsync(_folder["a b.vmdk"], new VirtualDiskOptions { CapacityBytes = Gigabyte, Uuid = uuid }, Cancellation);
        var lines = await File.ReadAllLinesAsync(_folder["a b.vmdk"], Cancellation);
        Assert.Equal("# Disk DescriptorFile", lines[0]);
        Assert.Contains("parentCID=ffffffff", lines);
        Assert.Contains("createType=\"vmfs\"", lines);
        Assert.Contains("RW 2097152 VMFS \"a b-flat.vmdk\"", lines);
        Assert.Contains("ddb.uuid = \"60 00 c2 9f 12 34 56 78-9a bc de f0 12 34 56 78\"", lines);
        Assert.Equal(uuid, _disks.Inspect(_folder["a b.vmdk"])!.Uuid);
    }

    [Fact]
    public async Task A_disk_is_copied_flat_moved_with_its_parent_and_extended()
    {
        await _disks.CreateAsync(_folder["base.vmdk"], new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation);
        await _disks.CreateChildAsync(_folder["child.vmdk"], _folder["base.vmdk"], null, Cancellation);
        await _disks.CopyAsync(_folder["child.vmdk"], _folder["copy.vmdk"], overwrite: false, null, Cancellation);
        Assert.Null(_disks.Inspect(_folder["copy.vmdk"])!.ParentPath);
        Directory.CreateDirectory(_folder["elsewhere"]);
        var moved = Path.Combine(_folder["elsewhere"], "moved.vmdk");
        await _disks.MoveAsync(_folder["child.vmdk"], moved, overwrite: false, Cancellation);
        Assert.Null(_disks.Inspect(_folder["child.vmdk"]));
        var info = await new Command("qemu-img", "info", "--backing-chain", _disks.Inspect(moved)!.DataPath).RunAsync(Cancellation);
        Assert.Contains("base-flat.vmdk", info.EnsureSuccess().Output, StringComparison.Ordinal);
        await _disks.ExtendAsync(moved, 2 * Gigabyte, attached: false, Cancellation);
        Assert.Equal(2 * Gigabyte, _disks.Inspect(moved)!.CapacityBytes);
        await Assert.ThrowsAsync<MachineException>(() => _disks.ExtendAsync(moved, Gigabyte, attached: false, Cancellation));
    }

    [Fact]
    public async Task A_taken_name_a_missing_parent_and_a_changed_parent_are_told_apart()
    {
        await _disks.CreateAsync(_folder["base.vmdk"], new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation);
        await Assert.ThrowsAsync<VirtualDiskExistsException>(
            () => _disks.CreateAsync(_folder["base.vmdk"], new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _disks.CreateChildAsync(_folder["x.vmdk"], _folder["none.vmdk"], null, Cancellation));
        await _disks.CreateChildAsync(_folder["child.vmdk"], _folder["base.vmdk"], null, Cancellation);
        var text = await File.ReadAllTextAsync(_folder["base.vmdk"], Cancellation);
        await File.WriteAllTextAsync(_folder["base.vmdk"], text.Replace("\nCID=", "\nCID=0", StringComparison.Ordinal), Cancellation);
        var failure = Assert.Throws<MachineException>(() => DiskChain.Read(_folder["child.vmdk"]));
        Assert.Contains("has been modified", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Disk DescriptorFile")]
    [InlineData("# Disk DescriptorFile\nCID=1\nRW 8 VMFS \"../../etc/shadow\"")]
    [InlineData("# Disk DescriptorFile\nCID=1\nRW -8 VMFS \"a\"")]
    [InlineData("# Disk DescriptorFile\nCID=1\nRW 99999999999999999999 VMFS \"a\"")]
    [InlineData("# Disk DescriptorFile\nCID=1\nRW 8 VMFS \"a\"\nRW 8 VMFS \"b\"")]
    [InlineData("# Disk DescriptorFile\nCID=1\nparentCID=2\nRW 8 VMFS \"a\"\nddb.uuid=\"60 00\"")]
    public void A_hostile_descriptor_is_refused(string text) => Assert.Throws<MachineException>(() => VmdkDescriptor.Parse(text));

    [Fact]
    public async Task A_disk_in_use_is_written_by_one_and_read_by_many()
    {
        await _disks.CreateAsync(_folder["base.vmdk"], new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation);
        var (parent, first, second) = (_folder["base.vmdk"], _folder["first.vmdk"], _folder["second.vmdk"]);
        using (_leases.Take("one", [first, parent], readOnly: false))
        using (_leases.Take("two", [second, parent], readOnly: false))
        {
            Assert.Throws<VirtualDiskInUseException>(() => _leases.Take("three", [parent], readOnly: false));
            Assert.Throws<VirtualDiskInUseException>(() => _leases.Take("three", [first, parent], readOnly: true));
            await Assert.ThrowsAsync<VirtualDiskInUseException>(() => _disks.DeleteAsync(parent, Cancellation));
        }

        await _disks.DeleteAsync(parent, Cancellation);
    }

    public void Dispose()
    {
        _disks.Dispose();
        _folder.Dispose();
    }
}
