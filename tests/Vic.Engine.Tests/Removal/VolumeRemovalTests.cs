using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Removal;

/// <summary>Volumes outlive their VCH, unless they are to go with it.</summary>
public sealed class VolumeRemovalTests
{
    private const string Volume = "data-of-vch/volumes/orders/orders.vmdk";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Volumes_go_with_their_VCH_when_asked_for_and_so_do_the_folders_that_are_empty_then(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var before = await lab.SnapshotAsync();
        var vch = await DeployAsync(lab, lab.Request());

        await lab.RemoveAsync(vch, removesVolumes: true);

        await lab.AssertUnchangedAsync(before, "Remove-VCH -RemoveVolumes");
    }

    [Fact]
    public async Task Volumes_stay_otherwise_and_are_named()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await DeployAsync(lab, lab.Request());
        var warnings = new Warnings();

        await lab.RemoveAsync(vch, progress: warnings);

        Assert.True(File.Exists(lab.PathOf("datastore1", Volume)));
        Assert.Equal("These volumes stay in 'default' at ds://datastore1/data-of-vch: orders. -RemoveVolumes removes them with their VCH.", Assert.Single(warnings.Texts));
    }

    [Fact]
    public async Task A_store_that_another_VCH_has_too_stays_as_it_is()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await DeployAsync(lab, lab.Request());
        using var client = await lab.ConnectAsync();
        await EngineLab.DeployAsync(client, WithStore(lab.Request()) with { Name = "neighbour", ImageStorePath = "images/of/neighbour" }, Token);
        var warnings = new Warnings();

        await lab.RemoveAsync(vch, removesVolumes: true, progress: warnings);

        Assert.True(File.Exists(lab.PathOf("datastore1", Volume)));
        Assert.Contains(warnings.Texts, text => text.StartsWith("The volume store 'default' at ds://datastore1/data-of-vch stays as it is: 'neighbour'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_others_have_put_into_a_store_stays_and_volumes_on_an_NFS_share_too()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var request = WithStore(lab.Request(), new VolumeStoreRequest("shared", "nfs://filer/vol1"));
        var vch = await DeployAsync(lab, request);
        using var client = await lab.ConnectAsync();
        await SiteParts.CreateDiskAsync(lab, client, "data-of-vch/archive.vmdk", Token);
        var warnings = new Warnings();

        await lab.RemoveAsync(vch, removesVolumes: true, progress: warnings);

        Assert.False(Directory.Exists(lab.PathOf("datastore1", "data-of-vch/volumes")));
        Assert.True(File.Exists(lab.PathOf("datastore1", "data-of-vch/archive.vmdk")));
        Assert.Equal("The volumes of 'shared' at nfs://filer/vol1 stay: they are on no datastore of this server.", Assert.Single(warnings.Texts));
    }

    private static async Task<VchInfo> DeployAsync(EngineLab lab, VchRequest request)
    {
        using var client = await lab.ConnectAsync();
        var vch = (await EngineLab.DeployAsync(client, request.Storage.VolumeStores.Count > 0 ? request : WithStore(request), Token)).Vch;
        await SiteParts.CreateDiskAsync(lab, client, Volume, Token);
        return vch;
    }

    private static VchRequest WithStore(VchRequest request, params VolumeStoreRequest[] more) =>
        request with { Storage = request.Storage with { VolumeStores = [new("default", "datastore1/data-of-vch"), .. more] } };
}
