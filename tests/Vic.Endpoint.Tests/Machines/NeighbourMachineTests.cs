using Vic.Configuration;
using Vic.Endpoint.Machines.VSphere;
using Vic.Endpoint.Sessions;
using Vic.Endpoint.Tests.Doubles;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>An endpoint that starts takes over the containers of its own VCH, and none of one beside it: not in a pool that both share, and not in one inside its own.</summary>
public sealed class NeighbourMachineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_cluster_without_DRS_the_folder_tells_whose_a_container_is()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter, hasDrs: false);
        var east = await new Folder(lab.Client, lab.Folder).CreateFolderAsync("east", Cancellation);
        var west = await new Folder(lab.Client, lab.Folder).CreateFolderAsync("west", Cancellation);
        await lab.CreateAsync(east, lab.Pool, 'e');
        await lab.CreateAsync(west, lab.Pool, 'b');

        Assert.Equal([ContainerLab.IdOf('e')], await RecoverAsync(lab, east, lab.Pool));
        Assert.Equal([ContainerLab.IdOf('b')], await RecoverAsync(lab, west, lab.Pool));
    }

    [Fact]
    public async Task On_one_host_the_pool_tells_whose_a_container_is_even_of_a_VCH_inside_anothers_pool()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var outer = await lab.CreatePoolAsync(lab.Pool, "outer");
        var inner = await lab.CreatePoolAsync(outer, "inner");
        await lab.CreateAsync(lab.Folder, outer, 'e');
        await lab.CreateAsync(lab.Folder, inner, 'b');

        Assert.Equal([ContainerLab.IdOf('e')], await RecoverAsync(lab, lab.Folder, outer));
        Assert.Equal([ContainerLab.IdOf('b')], await RecoverAsync(lab, lab.Folder, inner));
    }

    private static async Task<IEnumerable<string>> RecoverAsync(ContainerLab lab, ManagedObjectReference folder, ManagedObjectReference pool)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watch = lab.Watch(pool);
        var watching = watch.RunAsync(stop.Token);
        using var host = new VSphereMachineHost(lab.Platform(folder, pool), watch, new GuestSessions(new byte[AttachConfiguration.KeyLength]));
        var recovered = await host.RecoverAsync(Cancellation);
        await stop.CancelAsync();
        await watching;
        return recovered.Select(machine => machine.Record.Id);
    }
}
