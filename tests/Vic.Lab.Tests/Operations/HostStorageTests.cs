using System.Text;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class HostStorageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_that_mount_the_same_directory_share_a_datastore_and_its_files()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await HostAsync(lab, "esx1.lab.local"), await HostAsync(lab, "esx2.lab.local"));

        var datastore = await first.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token);

        Assert.Equal(datastore, await second.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token));
        Assert.Equal([first.Host, second.Host], (await lab.ReadAsync<List<DatastoreHostMount>>(datastore, "host"))!.Select(mount => mount.Key));
        Assert.Equal("NFS", await lab.ReadAsync<string>(datastore, "summary.type"));
        Assert.True(await lab.ReadAsync<bool>(datastore, "summary.multipleHostAccess"));
        Assert.Equal("/exports/a", Assert.IsType<NasDatastoreInfo>(await lab.ReadAsync<DatastoreInfo>(datastore, "info")).Nas!.RemotePath);
        var files = new DatastoreFiles(lab.Client, "Datacenter", "shared");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("content"));
        await files.UploadAsync("file.txt", content, content.Length, null, Token);
        var volumes = await lab.ReadAsync<HostFileSystemVolumeInfo>(second.Host, "config.fileSystemVolume");
        Assert.Equal(["VMFS", "VMFS", "NFS"], volumes!.MountInfo!.Select(mount => mount.Volume.Type));
    }

    [Fact]
    public async Task A_datastore_in_use_stays_and_a_free_one_goes_with_its_last_host()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await HostAsync(lab, "esx1.lab.local"), await HostAsync(lab, "esx2.lab.local"));
        var datastore = await first.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token);
        await second.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token);
        var machine = await lab.CreateMachineAsync(
            "machine", change: spec => spec.Files = new VirtualMachineFileInfo { VmPathName = "[shared]" }, host: first.Host);

        await ConnectedLab.FaultOfAsync<ResourceInUse>(() => first.Datastores.RemoveDatastoreAsync(datastore, Token));
        await second.Datastores.RemoveDatastoreAsync(datastore, Token);
        await ConnectedLab.FaultOfAsync<NotFound>(() => second.Datastores.RemoveDatastoreAsync(datastore, Token));
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        await first.Datastores.RemoveDatastoreAsync(datastore, Token);

        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => lab.ReadAsync<string>(datastore, "name"));
        Assert.DoesNotContain(datastore, (await lab.ReadAsync<List<ManagedObjectReference>>(await lab.FindAsync("ClusterComputeResource"), "datastore"))!);
    }

    [Fact]
    public async Task Mounts_that_are_there_already_or_wrong_are_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await HostAsync(lab, "esx1.lab.local"), await HostAsync(lab, "esx2.lab.local"));
        await first.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token);

        await ConnectedLab.FaultOfAsync<AlreadyExists>(() => first.Datastores.CreateNasDatastoreAsync(Nas("shared"), Token));
        await ConnectedLab.FaultOfAsync<DuplicateName>(() => first.Datastores.CreateNasDatastoreAsync(Nas("datastore1", "/exports/b"), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => second.Datastores.CreateNasDatastoreAsync(Nas("otherwise"), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => second.Datastores.CreateNasDatastoreAsync(Nas("b", "exports/b"), Token));
        await ConnectedLab.FaultOfAsync<InvalidName>(() => second.Datastores.CreateNasDatastoreAsync(Nas("../b", "/exports/b"), Token));
    }

    [Fact]
    public async Task A_refresh_shows_the_file_systems_with_their_size()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { DatastoreCapacity = 1L << 30 });
        var host = await lab.FindAsync("HostSystem");
        var storage = new HostStorageSystem(lab.Client, await lab.ReadAsync<ManagedObjectReference>(host, "configManager.storageSystem"));

        await storage.RefreshStorageSystemAsync(Token);

        var info = await lab.ReadAsync<HostFileSystemVolumeInfo>(storage.Reference, "fileSystemVolumeInfo");
        Assert.All(info!.MountInfo!, mount => Assert.Equal(1L << 30, mount.Volume.Capacity));
        Assert.Equal(["/vmfs/volumes/datastore1", "/vmfs/volumes/datastore2"], info.MountInfo!.Select(mount => mount.MountInfo.Path));
    }

    private static async Task<(ManagedObjectReference Host, HostDatastoreSystem Datastores)> HostAsync(ConnectedLab lab, string name)
    {
        var host = await lab.FindAsync("HostSystem", name);
        return (host, new HostDatastoreSystem(lab.Client, await lab.ReadAsync<ManagedObjectReference>(host, "configManager.datastoreSystem")));
    }

    private static HostNasVolumeSpec Nas(string name, string path = "/exports/a")
        => new() { RemoteHost = "nas.lab.local", RemotePath = path, LocalPath = name, AccessMode = "readWrite" };
}
