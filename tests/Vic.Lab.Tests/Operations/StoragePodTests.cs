using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class StoragePodTests
{
    private static readonly LabOptions Small = new() { DatastoreCapacity = 1L << 30 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_datastore_cluster_adds_up_its_datastores()
    {
        await using var lab = await ConnectedLab.StartAsync(Small);
        var pod = await PodAsync(lab, "datastore1", "datastore2");

        Assert.Equal(2L << 30, await lab.ReadAsync<long>(pod, "summary.capacity"));
        var index = new SearchIndex(lab.Client, lab.Client.Content.SearchIndex!.Value);
        Assert.Equal(await lab.FindAsync("Datastore", "datastore1"), await index.FindByInventoryPathAsync("/Datacenter/datastore/pod/datastore1", Token));
        await ConnectedLab.FaultOfAsync<NotSupported>(async () => await MoveAsync(lab, pod, await lab.FindAsync("HostSystem")));
    }

    [Fact]
    public async Task The_datastore_with_the_most_room_is_recommended_first()
    {
        await using var lab = await ConnectedLab.StartAsync(Small);
        var pod = await PodAsync(lab, "datastore1", "datastore2");
        var files = new DatastoreFiles(lab.Client, "Datacenter", "datastore1");
        using var content = new MemoryStream(new byte[1 << 20]);
        await files.UploadAsync("file", content, content.Length, null, Token);

        var result = await RecommendAsync(lab, pod, gigabytes: 0.5);

        var destinations = result.Recommendations!.Select(recommendation => Assert.IsType<StoragePlacementAction>(recommendation.Action!.Single()).Destination);
        Assert.Equal([await lab.FindAsync("Datastore", "datastore2"), await lab.FindAsync("Datastore", "datastore1")], destinations);
    }

    [Fact]
    public async Task No_datastore_is_recommended_for_what_fits_nowhere()
    {
        await using var lab = await ConnectedLab.StartAsync(Small);
        var pod = await PodAsync(lab, "datastore1");

        var result = await RecommendAsync(lab, pod, gigabytes: 2);

        Assert.Null(result.Recommendations);
        Assert.IsType<NoDiskSpace>(result.DrsFault!.FaultsByVm.Single().Fault.Single().Fault);
    }

    private static async Task<ManagedObjectReference> PodAsync(ConnectedLab lab, params string[] datastores)
    {
        var folder = new Folder(lab.Client, await lab.ReadAsync<ManagedObjectReference>(await lab.FindAsync("Datacenter"), "datastoreFolder"));
        var pod = await folder.CreateStoragePodAsync("pod", Token);
        foreach (var datastore in datastores)
        {
            await MoveAsync(lab, pod, await lab.FindAsync("Datastore", datastore));
        }

        return pod;
    }

    private static async Task MoveAsync(ConnectedLab lab, ManagedObjectReference pod, ManagedObjectReference entity)
        => await lab.RunAsync(await new Folder(lab.Client, pod).MoveIntoFolderTaskAsync([entity], Token));

    private static Task<StoragePlacementResult> RecommendAsync(ConnectedLab lab, ManagedObjectReference pod, double gigabytes)
        => new StorageResourceManager(lab.Client, lab.Client.Content.StorageResourceManager!.Value).RecommendDatastoresAsync(
            new StoragePlacementSpec
            {
                Type = "create",
                PodSelectionSpec = new StorageDrsPodSelectionSpec { StoragePod = pod },
                ConfigSpec = new VirtualMachineConfigSpec
                {
                    Name = "machine",
                    DeviceChange =
                    [
                        new VirtualDeviceConfigSpec
                        {
                            Operation = VirtualDeviceConfigSpecOperation.Add,
                            Device = new VirtualDisk { Key = -1, CapacityInKB = (long)(gigabytes * (1 << 20)) },
                        },
                    ],
                },
            },
            Token);
}
