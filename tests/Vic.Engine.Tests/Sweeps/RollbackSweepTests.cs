using Vic.Engine.Changes;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Restore-VCH, and whenever: the new or the old version serves, and containers notice nothing.</summary>
public sealed class RollbackSweepTests
{
    [Theory]
    [MemberData(nameof(SweepCases.Troubles), MemberType = typeof(SweepCases))]
    public async Task A_return_that_goes_wrong_at_any_call_leaves_the_new_or_the_old_version(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx, TimeSpan.FromMilliseconds(20));
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);
        await VersionMoves.UpdateAsync(lab, vch);
        var updated = await VchState.ReadAsync(lab);
        await CallSweep.RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                var after = await VchState.ReadAsync(lab);
                Assert.True(after == old || (outcome.Failure is not null && after == updated), $"After {what}:\n{after}\nwas {updated}");
                Assert.Empty((outcome.Failure as ChangeException)?.Left ?? []);
                if (after == old)
                {
                    VersionMoves.DeleteNewIsos(lab);
                    await VersionMoves.UpdateAsync(lab, vch);
                }
            });
    }
}
