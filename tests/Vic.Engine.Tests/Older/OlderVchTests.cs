using System.Text;
using System.Text.Json.Nodes;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.Engine.Logs;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Older;

/// <summary>A VCH that vic-machine 1.5 has made is listed, inspected and removed like one of ours.</summary>
public sealed class OlderVchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<InventoryModel, bool> Places => new() { { InventoryModel.VCenter, true }, { InventoryModel.VCenter, false }, { InventoryModel.Esx, false } };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task It_is_listed_with_what_it_is_and_where_it_answers(InventoryModel model, bool hasFolder)
    {
        await using var lab = await EngineLab.StartAsync(model);
        await OlderVch.CreateAsync(lab, hasFolder);

        var vch = Assert.Single(await lab.ListAsync());

        Assert.Equal((OlderVch.Name, OlderVch.Version, "PoweredOn"), (vch.Name, vch.Version, vch.PowerState));
        Assert.Equal(("tcp://10.0.0.1:2376", TlsMode.Mutual), (vch.DockerHost, vch.TlsMode));
        Assert.Equal("ds://datastore1/vch1", vch.ImageStore);
        Assert.NotNull(vch.BridgeNetworkId);
        Assert.Null(vch.Created);
        Assert.Empty(vch.RevokedCertificates());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Its_containers_are_listed_with_the_version_of_their_bootstrap(InventoryModel model, bool hasFolder)
    {
        await using var lab = await EngineLab.StartAsync(model);
        await OlderVch.CreateAsync(lab, hasFolder);
        using var client = await lab.ConnectAsync();

        var container = Assert.Single(await new ContainerInventory(client).ListAsync(Quiet.Instance, Token));

        Assert.Equal((OlderVch.ContainerName, OlderVch.ContainerId, OlderVch.Name), (container.Name, container.ContainerId, container.HostName));
        Assert.Equal(("busybox", "created", OlderVch.Version), (container.Image, container.State, container.BootstrapVersion));
    }

    [Fact]
    public async Task Its_images_are_read_from_its_key_value_store()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        await OlderVch.CreateAsync(lab, hasFolder: true);
        using var client = await lab.ConnectAsync();
        var (id, other) = (new string('a', 64), new string('b', 64));
        await WriteStoreAsync(
            lab,
            $$"""
            {"IDIndex":{},"CacheByName":{},"CacheByID":{
            "sha256:{{id}}":{"id":"top","image_id":"{{id}}","created":"2018-05-06T07:08:09Z","os":"linux","architecture":"amd64","Size":2097152,
                "diff_ids":{"sha256:1":"base","sha256:2":"top"} },
            "sha256:{{other}}":{"id":"lone","image_id":"{{other}}","os":"linux","architecture":"amd64"} } }
            """,
            $$"""{"Repositories":{"busybox":{"busybox:1.29":"{{id}}","busybox:latest":"sha256:{{id}}","busybox@sha256:9":"{{id}}"} },"Layers":{"top":"{{id}}"} }""");

        var images = await new VchImages(client).ListAsync(await lab.ListAsync(), Quiet.Instance, Token);

        Assert.Equal([":", "busybox:1.29", "busybox:latest"], images.Select(image => $"{image.Repository}:{image.Tag}"));
        Assert.Equal(("sha256:" + id, 2097152L, "linux/amd64"), (images[1].Id, images[1].Size, images[1].Platform));
        Assert.Equal(["base", "top"], images[1].Layers);
        Assert.Equal(["busybox@sha256:9"], images[1].Digests);
        Assert.Equal(new DateTimeOffset(2018, 5, 6, 7, 8, 9, TimeSpan.Zero), images[1].Created);
    }

    [Theory]
    [InlineData("{\"docker.images\":\"!\"}")]
    [InlineData("{\"docker.images\":")]
    public async Task A_key_value_store_that_is_damaged_is_an_error_that_names_its_file(string content)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        await OlderVch.CreateAsync(lab, hasFolder: false);
        using var client = await lab.ConnectAsync();
        await File.WriteAllTextAsync(lab.PathOf("datastore1", $"{OlderVch.Name}/kvStores/apiKV.dat"), content, Token);

        var error = await Assert.ThrowsAsync<VicException>(async () => await new VchImages(client).ListAsync(await lab.ListAsync(), Quiet.Instance, Token));

        Assert.Equal("ImageCatalogueDamaged", error.ErrorId);
        Assert.Contains("apiKV.dat", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_logs_that_vic_machine_has_left_are_listed()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        await OlderVch.CreateAsync(lab, hasFolder: true);
        using var client = await lab.ConnectAsync();

        var logs = await new VchLogs(client).ListAsync(Assert.Single(await lab.ListAsync()), Quiet.Instance, Token);

        Assert.Equal("vic-machine_20190101T000000Z_create_1.log", Assert.Single(logs, log => log.Kind == VchLogKind.Deployment).Name);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task It_is_removed_with_its_containers_and_images_and_its_volumes_stay(InventoryModel model, bool hasFolder)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var before = await lab.SnapshotAsync();
        await OlderVch.CreateAsync(lab, hasFolder);

        await lab.RemoveAsync(Assert.Single(await lab.ListAsync()));

        Assert.True(File.Exists(lab.PathOf("datastore1", "vols/volumes/data/data.vmdk")), "The volume is gone.");
        OlderVch.RemoveVolumes(lab);
        await lab.AssertUnchangedAsync(before, "an older VCH was removed");
    }

    private static Task WriteStoreAsync(EngineLab lab, string images, string repositories)
    {
        var store = new JsonObject
        {
            ["docker.images"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(images)),
            ["docker.repositories"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(repositories)),
        };
        return File.WriteAllTextAsync(lab.PathOf("datastore1", $"{OlderVch.Name}/kvStores/apiKV.dat"), store.ToJsonString(), Token);
    }
}
