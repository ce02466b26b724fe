using System.Text;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>One of two VCHs that differ in nothing but what must differ: name, image and bridge port group. Its container, its volume and its ranges are the other's, too.</summary>
internal sealed class Neighbour
{
    public const string ContainerName = "web";
    public const string ContainerAddress = "172.16.0.2";

    private const string VolumeName = "data";

    private readonly EngineLab _lab;

    private Neighbour(EngineLab lab, VchInfo vch, ManagedObjectReference container)
    {
        _lab = lab;
        Vch = vch;
        Container = container;
    }

    public VchInfo Vch { get; }

    /// <summary>Its container VM.</summary>
    public ManagedObjectReference Container { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A lab with room for two.</summary>
    public static async Task<EngineLab> StartLabAsync(NeighbourPlace place, params string[] names)
    {
        var lab = await EngineLab.StartAsync(
            place == NeighbourPlace.EsxHost ? InventoryModel.Esx : InventoryModel.VCenter, hasDrs: place != NeighbourPlace.ClusterWithoutDrs);
        if (place != NeighbourPlace.EsxHost)
        {
            using var client = await lab.ConnectAsync();
            foreach (var name in names)
            {
                await SiteParts.AddPortGroupAsync(client, PortGroupOf(name), Token);
            }
        }

        return lab;
    }

    /// <summary>Deploys a VCH with an image, a volume and a container that runs on the bridge.</summary>
    public static async Task<Neighbour> DeployAsync(EngineLab lab, NeighbourPlace place, string name)
    {
        using var client = await lab.ConnectAsync();
        var request = lab.Request() with
        {
            Name = name,
            AsVApp = place == NeighbourPlace.ClusterVApps,
            BridgeNetwork = place == NeighbourPlace.EsxHost ? null : InventorySelector.ByName(PortGroupOf(name)),
            Storage = new StorageRequest { VolumeStores = [new("default", $"datastore1/{VolumeFolderOf(name)}")] },
        };
        request = request with { Compute = request.Compute with { UseVmGroup = place is NeighbourPlace.ClusterPools or NeighbourPlace.ClusterVApps } };
        var vch = (await EngineLab.DeployAsync(client, request, Token)).Vch;
        await SiteParts.CreateDiskAsync(lab, client, $"{VolumeFolderOf(name)}/volumes/{VolumeName}/{VolumeName}.vmdk", Token);
        var uuid = await client.GetPropertyAsync<string>(vch.Reference, "config.uuid", Token);
        await SiteParts.CreateDiskAsync(lab, client, $"{EngineLab.ImageFolder}/VIC/{uuid}/images/top/top.vmdk", Token);
        await WriteCatalogueAsync(lab, vch);
        var container = await RunningVch.CreateContainerAsync(client, vch, ContainerName, Id(name), configuration =>
        {
            configuration.Networks["bridge"] = BridgePlace.Describe(
                GuestNetwork.Parse($"{ContainerAddress}/16"), GuestNetwork.Parse("172.16.0.1/16"), []);
            configuration.Mounts[VolumeName] = new MountConfiguration { Destination = "/data" };
        });
        await client.WaitForTaskAsync(await container.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        return new Neighbour(lab, vch, container.Reference);
    }

    /// <summary>Asserts that the cmdlets' engine tells of this VCH what it has, and nothing else.</summary>
    /// <param name="isAlone">Whether it is the only VCH.</param>
    public async Task AssertListedAsync(bool isAlone)
    {
        using var client = await _lab.ConnectAsync();
        var all = await new ContainerInventory(client).ListAsync(Quiet.Instance, Token);
        Assert.Equal(isAlone ? 1 : 2, all.Count);
        var container = Assert.Single(all, container => container.HostReference == Vch.Reference);
        Assert.Equal((Container, ContainerName, "running"), (container.Reference, container.Name, container.State));

        var image = Assert.Single(await new VchImages(client).ListAsync([Vch], Quiet.Instance, Token));
        Assert.Equal((Vch.Name, "latest"), (image.Repository, image.Tag));

        var volume = Assert.Single(await new VchVolumes(client).ListAsync([Vch], Quiet.Instance, Token));
        Assert.Equal((VolumeName, $"[datastore1] {VolumeFolderOf(Vch.Name)}/volumes/{VolumeName}/{VolumeName}.vmdk"), (volume.Name, volume.DiskPath));
        Assert.Equal([ContainerName], volume.UsedBy);

        var network = Assert.Single(await new VchNetworks(client).ListAsync([Vch], Quiet.Instance, Token));
        Assert.Equal([$"{ContainerAddress} ({ContainerName})"], network.AddressesInUse.Select(address => address.ToString()));

        var reader = new VchUsageReader(client);
        var usage = Assert.Single(await reader.ListAsync([Vch], Quiet.Instance, Token));
        Assert.Equal((1, 1, 1, 1), (usage.Containers.Count, usage.RunningContainers, usage.Images, usage.Volumes));
        Assert.Equal(Container, Assert.Single(await reader.ListContainersAsync([Vch], Quiet.Instance, Token)).Container.Reference);
    }

    /// <summary>Asserts that the endpoint VM and the container run.</summary>
    public async Task AssertRunningAsync()
    {
        using var client = await _lab.ConnectAsync();
        foreach (var machine in new[] { Vch.Reference, Container })
        {
            Assert.Equal(
                VirtualMachinePowerState.PoweredOn, await client.GetPropertyAsync<VirtualMachinePowerState>(machine, "runtime.powerState", Token));
        }
    }

    /// <summary>Powers the container VM off.</summary>
    public async Task StopContainerAsync()
    {
        using var client = await _lab.ConnectAsync();
        await client.WaitForTaskAsync(await new VirtualMachine(client, Container).PowerOffVMTaskAsync(Token), cancellationToken: Token);
    }

    /// <summary>Removes the VCH.</summary>
    /// <param name="force">Whether its running containers go as well.</param>
    public Task RemoveAsync(bool force) => _lab.RemoveAsync(Vch, force);

    /// <summary>Removes the volumes, which outlive their VCH, with the folder of their store.</summary>
    public void RemoveVolumes() => Directory.Delete(_lab.PathOf("datastore1", VolumeFolderOf(Vch.Name)), recursive: true);

    private static string PortGroupOf(string name) => $"bridge of {name}";

    private static string VolumeFolderOf(string name) => $"volumes-of-{name}";

    private static string Id(string name) => string.Concat(Encoding.UTF8.GetBytes(name).Select(letter => letter.ToString("x2", null))).PadRight(64, '0');

    private static async Task WriteCatalogueAsync(EngineLab lab, VchInfo vch)
    {
        var configuration = Convert.ToBase64String("""{"created":"2024-05-06T07:08:09Z","architecture":"amd64","os":"linux"}"""u8);
        var store = Directory.CreateDirectory(lab.PathOf("datastore1", $"{vch.Name}/kvStores"));
        await File.WriteAllTextAsync(
            Path.Combine(store.FullName, "images.dat"),
            $$"""
            {"Version":1,"Images":[{"Id":"sha256:{{new string('a', 64)}}","Configuration":"{{configuration}}","Tags":["docker.io/library/{{vch.Name}}:latest"],
            "Digests":[],"Layers":[{"Id":"top","DiffId":"sha256:0","Size":10}],"IsRemoved":false}]}
            """,
            Token);
    }
}
