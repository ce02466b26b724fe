using Vic.Engine.Tests.Labs;
using Vic.Vim25;

namespace Vic.Engine.Tests.Neighbours;

/// <summary>
/// Two VCHs beside each other, with the same names of containers and volumes and the same bridge range: neither sees what is the other's, and removing one
/// leaves the other with every machine, folder, network and file that it had.
/// </summary>
public sealed class NeighbourTests
{
    private const string East = "east";
    private const string West = "west";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NeighbourPlace.ClusterPools)]
    [InlineData(NeighbourPlace.ClusterVApps)]
    [InlineData(NeighbourPlace.ClusterWithoutDrs)]
    [InlineData(NeighbourPlace.EsxHost)]
    public async Task Neither_sees_the_others_containers_images_volumes_addresses_and_usage(NeighbourPlace place)
    {
        await using var lab = await Neighbour.StartLabAsync(place, East, West);
        var east = await Neighbour.DeployAsync(lab, place, East);
        var west = await Neighbour.DeployAsync(lab, place, West);

        await east.AssertListedAsync(isAlone: false);
        await west.AssertListedAsync(isAlone: false);
    }

    [Theory]
    [InlineData(NeighbourPlace.ClusterPools)]
    [InlineData(NeighbourPlace.ClusterVApps)]
    [InlineData(NeighbourPlace.ClusterWithoutDrs)]
    [InlineData(NeighbourPlace.EsxHost)]
    public async Task Removing_one_leaves_the_other_as_it_was_and_running_whichever_was_first(NeighbourPlace place)
    {
        await using var lab = await Neighbour.StartLabAsync(place, East, West);
        var before = await lab.SnapshotAsync();
        var east = await Neighbour.DeployAsync(lab, place, East);
        var eastAlone = await lab.SnapshotAsync();
        var west = await Neighbour.DeployAsync(lab, place, West);

        // The other's container that runs keeps nobody from removing this one.
        await west.StopContainerAsync();
        await west.RemoveAsync(force: false);
        west.RemoveVolumes();
        await lab.AssertUnchangedAsync(eastAlone, "removing the second");
        await east.AssertRunningAsync();
        await east.AssertListedAsync(isAlone: true);

        var westAgain = await Neighbour.DeployAsync(lab, place, West);
        await east.RemoveAsync(force: true);
        east.RemoveVolumes();
        await westAgain.AssertRunningAsync();
        await westAgain.AssertListedAsync(isAlone: true);

        await westAgain.RemoveAsync(force: true);
        westAgain.RemoveVolumes();
        await lab.AssertUnchangedAsync(before, "removing both");
    }

    [Theory]
    [InlineData(NeighbourPlace.ClusterPools)]
    [InlineData(NeighbourPlace.ClusterVApps)]
    public async Task The_DRS_group_of_one_goes_with_it_and_the_others_keeps_its_members(NeighbourPlace place)
    {
        await using var lab = await Neighbour.StartLabAsync(place, East, West);
        var east = await Neighbour.DeployAsync(lab, place, East);
        var west = await Neighbour.DeployAsync(lab, place, West);

        await west.RemoveAsync(force: true);

        using var client = await lab.ConnectAsync();
        var cluster = (await client.RetrieveAllAsync("ClusterComputeResource", ["configurationEx"], cancellationToken: Token)).Single();
        var group = Assert.Single(cluster.Get<ClusterConfigInfoEx>("configurationEx")!.Group ?? []);
        Assert.Equal(East, group.Name);
        Assert.Equal([east.Vch.Reference], Assert.IsType<ClusterVmGroup>(group).Vm!);
    }
}
