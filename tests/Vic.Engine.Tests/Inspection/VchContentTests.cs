using System.Text;
using System.Text.Json.Nodes;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Inspection;

/// <summary>What belongs to a VCH is read from vSphere and its datastores.</summary>
public sealed class VchContentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Images_are_those_of_the_endpoints_catalogue_one_for_each_tag(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await WriteCatalogueAsync(
            lab,
            Image("sha256:" + new string('a', 64), ["docker.io/library/busybox:latest", "registry.example:5000/tools/busybox:1"], 1_500_000),
            Image("sha256:" + new string('b', 64), [], 10),
            Image("sha256:" + new string('c', 64), ["docker.io/library/gone:latest"], 10, isRemoved: true));

        var images = await new VchImages(lab.Client).ListAsync([lab.Vch], Quiet.Instance, Token);

        Assert.Equal(
            [("", ""), ("busybox", "latest"), ("registry.example:5000/tools/busybox", "1")],
            images.Select(image => (image.Repository, image.Tag)));
        Assert.Equal(1_500_000, images[1].Size);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), images[1].Created!.Value);
        Assert.Equal("linux/amd64", images[1].Platform);
        Assert.Equal(["layer"], images[1].Layers);
    }

    [Theory]
    [InlineData("{\"Version\":2,\"Images\":[]}", "version 2")]
    [InlineData("{\"Version\":1,\"Images\":[{", "no JSON")]
    [InlineData("{\"Version\":1,\"Images\":[{\"Id\":\"x\",\"Configuration\":\"!\"}]}", "cannot be read")]
    public async Task A_catalogue_that_cannot_be_read_is_an_error_that_names_its_file(string catalogue, string reason)
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        await WriteCatalogueAsync(lab, Encoding.UTF8.GetBytes(catalogue));

        var error = await Assert.ThrowsAsync<VicException>(() => new VchImages(lab.Client).ListAsync([lab.Vch], Quiet.Instance, Token));

        Assert.Equal("ImageCatalogueDamaged", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("images.dat", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_that_has_pulled_nothing_has_no_images()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);

        Assert.Empty(await new VchImages(lab.Client).ListAsync([lab.Vch], Quiet.Instance, Token));
    }

    [Fact]
    public async Task Networks_tell_their_port_group_subnet_and_who_uses_them()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var portGroup = (await lab.Client.RetrieveAllAsync("Network", ["name"], cancellationToken: Token))
            .First(network => network.Get<string>("name") == "VM Network");
        await lab.ConfigureVchAsync(configuration => configuration.Network.ContainerNetworks["public-net"] = new ContainerNetwork
        {
            Id = portGroup.Reference.ToString(),
            Name = "public-net",
            Type = "external",
            Gateway = GuestNetwork.Parse("10.20.30.1/24"),
            Nameservers = [GuestAddress.Parse("10.20.30.2")],
            Pools = [new AddressRange { First = GuestAddress.Parse("10.20.30.100"), Last = GuestAddress.Parse("10.20.30.120") }],
            TrustLevel = TrustLevel.Open,
        });
        var container = await lab.CreateAsync("joined", 'd', configuration =>
        {
            configuration.Networks["bridge"] = BridgePlace.Describe(GuestNetwork.Parse("172.16.0.7/16"), GuestNetwork.Parse("172.16.0.1/16"), []);
            configuration.Networks["public-net"] = new NetworkEndpoint { Assigned = GuestNetwork.Parse("10.20.30.101/24") };
        });
        await new Engine.Containers.ContainerPower(lab.Client).StartAsync(container, Quiet.Instance, Token);

        var networks = await new VchNetworks(lab.Client).ListAsync([lab.Vch], Quiet.Instance, Token);

        Assert.Equal(["bridge", "public-net"], networks.Select(network => network.Name));
        Assert.Equal(("bridge", "bridge", "172.16.0.0/16", "172.16.0.1"), (networks[0].Type, networks[0].PortGroup, networks[0].Subnet, networks[0].Gateway));
        Assert.Equal(["172.16.0.7 (joined)"], networks[0].AddressesInUse.Select(address => address.ToString()));
        Assert.Equal(("external", "VM Network", "10.20.30.0/24", "10.20.30.1"), (networks[1].Type, networks[1].PortGroup, networks[1].Subnet, networks[1].Gateway));
        Assert.Equal(["10.20.30.100-10.20.30.120"], networks[1].Ranges);
        Assert.Equal("Open", networks[1].Firewall);
    }

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Volumes_are_the_disks_of_volume_stores_with_the_containers_that_mount_them(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await lab.ConfigureVchAsync(configuration =>
        {
            configuration.Storage.VolumeLocations["default"] = GuestUrl.Parse("ds://datastore1/volumes-of-vch");
            configuration.Storage.VolumeLocations["empty"] = GuestUrl.Parse("ds://datastore1/not-made-yet");
            configuration.Storage.VolumeLocations["share"] = GuestUrl.Parse("nfs://nas.example/export");
        });
        await lab.CreateDiskAsync("volumes-of-vch/volumes/data/data.vmdk");
        await lab.CreateDiskAsync("volumes-of-vch/volumes/idle/idle.vmdk");
        await lab.CreateDiskAsync("volumes-of-vch/volumes/data/stray.vmdk");
        await lab.CreateAsync("database", 'd', configuration => configuration.Mounts["data"] = new MountConfiguration { Destination = "/data" });
        var warnings = new Warnings();

        var volumes = await new VchVolumes(lab.Client).ListAsync([lab.Vch], warnings, Token);

        Assert.Equal(["data", "idle"], volumes.Select(volume => volume.Name));
        Assert.Equal(("default", "[datastore1] volumes-of-vch/volumes/data/data.vmdk"), (volumes[0].Store, volumes[0].DiskPath));
        Assert.Equal(64 << 20, volumes[0].Capacity);
        Assert.Equal(["database"], volumes[0].UsedBy);
        Assert.Empty(volumes[1].UsedBy);
        Assert.Contains("'share'", Assert.Single(warnings.Texts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Statistics_count_what_there_is_in_as_many_calls_for_many_containers_as_for_one(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await WriteCatalogueAsync(lab, Image("sha256:" + new string('a', 64), ["docker.io/library/a:1", "docker.io/library/a:2"], 10));
        var uuid = await lab.Client.GetPropertyAsync<string>(lab.Vch.Reference, "config.uuid", Token);
        await lab.CreateDiskAsync($"{EngineLab.ImageFolder}/VIC/{uuid}/images/top/top.vmdk");
        await lab.ConfigureVchAsync(configuration =>
            configuration.Storage.VolumeLocations["default"] = GuestUrl.Parse("ds://datastore1/volumes-of-vch"));
        await lab.CreateDiskAsync("volumes-of-vch/volumes/data/data.vmdk");
        var reader = new VchUsageReader(lab.Client);
        lab.Lab.Faults.Reset();
        await reader.ListAsync([lab.Vch], Quiet.Instance, Token);
        var callsForOne = CallsBesideWaiting(lab.Lab);
        for (var digit = 'd'; digit <= 'f'; digit++)
        {
            await lab.CreateAsync($"further-{digit}", digit);
        }

        lab.Lab.Faults.Reset();
        var usage = Assert.Single(await reader.ListAsync([lab.Vch], Quiet.Instance, Token));
        var callsForFour = CallsBesideWaiting(lab.Lab);
        var containers = await reader.ListContainersAsync([lab.Vch], Quiet.Instance, Token);

        Assert.Equal((4, 1, 1, 1), (usage.Containers.Count, usage.RunningContainers, usage.Images, usage.Volumes));
        Assert.True(usage.ImageStorage > 0 && usage.VolumeStorage > 0 && usage.ContainerStorage > 0, "Something that occupies a datastore is not counted.");
        Assert.InRange(callsForFour, 1, callsForOne);
        Assert.Equal(["further-d", "further-e", "further-f", RunningVch.ContainerName], containers.Select(container => container.Container.Name));
        Assert.All(containers, container => Assert.Equal((1, 64), (container.Processors, container.MemorySize)));
        Assert.Null(containers[0].Usage.Cpu);
        Assert.NotNull(containers[3].Usage.Cpu);
    }

    // How often a task is asked for before it is over depends on how busy the machine is.
    private static int CallsBesideWaiting(EngineLab lab) => lab.Faults.Calls.Count(call => call.Method != "WaitForUpdatesEx");

    private static JsonObject Image(string id, string[] tags, long size, bool isRemoved = false) => new()
    {
        ["Id"] = id,
        ["Configuration"] = Convert.ToBase64String("""{"created":"2024-05-06T07:08:09Z","architecture":"amd64","os":"linux","config":{"Env":["A=\u001b[1m"]}}"""u8),
        ["Tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
        ["Digests"] = new JsonArray(),
        ["Layers"] = new JsonArray(new JsonObject { ["Id"] = "layer", ["DiffId"] = "sha256:0", ["Size"] = size }),
        ["IsRemoved"] = isRemoved,
    };

    private static Task WriteCatalogueAsync(ContainerLab lab, params JsonObject[] images) =>
        WriteCatalogueAsync(lab, Encoding.UTF8.GetBytes(new JsonObject { ["Version"] = 1, ["Images"] = new JsonArray([.. images]) }.ToJsonString()));

    private static async Task WriteCatalogueAsync(ContainerLab lab, byte[] document)
    {
        var folder = Directory.CreateDirectory(Path.Combine(await lab.FolderAsync(lab.Vch.Reference), "kvStores"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "images.dat"), document, Token);
    }
}
