using Vic.Engine.Changes;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Set-VCH in trouble, for a VCH in a pool of a cluster; and everywhere when its process dies.</summary>
public sealed class ReconfigurationSweepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(SweepCases.Troubles), MemberType = typeof(SweepCases))]
    public Task A_change_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_VCH(Trouble trouble) =>
        ReconfigurationSweep.RunAsync(InventoryModel.VCenter, asVApp: false, trouble);

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_change_whose_process_dies_at_any_call_is_noticed_and_taken_back_by_the_next(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        await ReconfigurationSweep.ChangeUndisturbedAsync(lab, vch, ReconfigurationSweep.There);
        await ReconfigurationSweep.ChangeUndisturbedAsync(lab, vch, ReconfigurationSweep.Back);
        var old = await VchState.ReadAsync(lab);
        await DeathSweep.RunOnAsync(
            lab,
            vch,
            client => new VchReconfiguration(client).RunAsync(vch, ReconfigurationSweep.There, Quiet.Instance, Token),
            async what =>
            {
                var settled = await VchState.ReadAsync(lab);
                Assert.True(settled with { Snapshots = 0 } == old with { Snapshots = 0 } || settled.MemoryMB == ReconfigurationSweep.There.EndpointMemoryMB, $"After {what}:\n{settled}\nwas {old}");
                await ReconfigurationSweep.ChangeUndisturbedAsync(lab, vch, ReconfigurationSweep.Back);
                Assert.Equal(old with { Snapshots = 0 }, await VchState.ReadAsync(lab) with { Snapshots = 0 });
            });
    }
}
