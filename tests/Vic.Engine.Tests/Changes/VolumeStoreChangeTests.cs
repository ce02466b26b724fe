using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Changes;

/// <summary>Volume stores are added to a VCH that exists, and those without volumes are taken away.</summary>
public sealed class VolumeStoreChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_is_added_with_its_folder_and_goes_again_while_the_folder_stays()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var reconfiguration = new VchReconfiguration(client);

        var changed = await reconfiguration.RunAsync(
            vch, Stores(new("default", "datastore1/volumes"), new("shared", "nfs://filer/vol1?uid=1000")), Quiet.Instance, Token);

        Assert.Equal(
            "VolumeStore: none -> default at ds://datastore1/volumes, shared at nfs://filer/vol1?uid=1000", Assert.Single(changed.Changes).ToString());
        Assert.Equal(["default at ds://datastore1/volumes", "shared at nfs://filer/vol1?uid=1000"], Describe(changed.Vch));
        Assert.True(Directory.Exists(lab.PathOf("datastore1", "volumes")));
        Assert.Empty((await reconfiguration.RunAsync(
            vch, Stores(new("shared", "nfs://filer/vol1?uid=1000"), new("default", "ds://datastore1/volumes/")), Quiet.Instance, Token)).Changes);

        changed = await reconfiguration.RunAsync(vch, Stores(new VolumeStoreRequest("shared", "nfs://filer/vol1?uid=1000")), Quiet.Instance, Token);

        Assert.Equal(["shared at nfs://filer/vol1?uid=1000"], Describe(changed.Vch));
        Assert.True(Directory.Exists(lab.PathOf("datastore1", "volumes")));
    }

    [Fact]
    public async Task Stores_that_hold_volumes_or_cannot_be_looked_into_and_places_that_are_none_are_told_together()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, WithStores(lab.Request(), new("default", "datastore1/volumes"), new("shared", "nfs://filer/vol1"), new("moved", "datastore1/old")));
        await SiteParts.CreateDiskAsync(lab, client, "volumes/volumes/data/data.vmdk", Token);
        await SiteParts.CreateDiskAsync(lab, client, "old/volumes/logs/logs.vmdk", Token);

        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchReconfiguration(client).RunAsync(
            vch, Stores(new("moved", "datastore1/new"), new("more", "no-such-datastore/volumes")), Quiet.Instance, Token));

        Assert.All(error.Problems, problem => Assert.Equal("VolumeStore", problem.Option));
        Assert.Equal(4, error.Problems.Count);
        Assert.Contains("'default' at ds://datastore1/volumes holds volumes: 'data'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("'moved' at ds://datastore1/old holds volumes: 'logs'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("'shared' at nfs://filer/vol1 is on no datastore of this server", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-datastore", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(lab.PathOf("datastore1", "new")));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_takes_the_new_folder_along()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = true, "CreateSnapshot_Task");
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = false, "RevertToSnapshot_Task");

        var error = await Assert.ThrowsAsync<ChangeException>(() => new VchReconfiguration(client).RunAsync(
            vch, Stores(new VolumeStoreRequest("default", "datastore1/of/volumes")) with { Timeout = TimeSpan.FromSeconds(10) }, Quiet.Instance, Token));

        Assert.Empty(error.Left);
        Assert.False(Directory.Exists(lab.PathOf("datastore1", "of")));
        Assert.Empty(Describe(await new VchInventory(client).ReadAsync(vch.Reference, Token)));
    }

    private static VchChangeRequest Stores(params VolumeStoreRequest[] stores) => new() { VolumeStores = stores };

    private static VchRequest WithStores(VchRequest request, params VolumeStoreRequest[] stores) =>
        request with { Storage = request.Storage with { VolumeStores = stores } };

    private static IEnumerable<string> Describe(VchInfo vch) =>
        vch.Configuration.Storage.VolumeLocations.OrderBy(store => store.Key, StringComparer.Ordinal).Select(store => $"{store.Key} at {store.Value}");
}
