using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Update-VCH, and whenever: the old or the new version serves, and containers notice nothing.</summary>
public sealed class UpgradeSweepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(SweepCases.Troubles), MemberType = typeof(SweepCases))]
    public async Task An_update_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_version(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter, TimeSpan.FromMilliseconds(20));
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);
        await CallSweep.RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => new VchUpgrade(client).RunAsync(vch, VersionMoves.Request(lab), Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                var after = await VchState.ReadAsync(lab);
                Assert.Equal(outcome.Failure is null ? UpgradeStatus.UpToDate : after.Status, after.Status);
                if (after.Status == UpgradeStatus.UpToDate)
                {
                    await VersionMoves.RestoreAsync(lab, vch);
                }

                Assert.Empty((outcome.Failure as ChangeException)?.Left ?? []);
                Assert.True(old == await VchState.ReadAsync(lab), $"After {what}:\n{after}\nwas {old}");
                Assert.True(after.Status == UpgradeStatus.UpToDate || after == old, $"After {what}:\n{after}\nwas {old}");
                Assert.Equal(after.Status != UpgradeStatus.UpToDate, !VersionMoves.HasNewIsos(lab));
                VersionMoves.DeleteNewIsos(lab);
            });
    }

    [Fact]
    public async Task An_update_whose_process_dies_at_any_call_is_noticed_and_the_old_version_serves_after_the_reset()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);
        await DeathSweep.RunOnAsync(
            lab,
            vch,
            client => new VchUpgrade(client).RunAsync(vch, VersionMoves.Request(lab), Quiet.Instance, Token),
            async what =>
            {
                var settled = await VchState.ReadAsync(lab);
                if (settled.Status == UpgradeStatus.UpToDate)
                {
                    await VersionMoves.RestoreAsync(lab, vch);
                    settled = await VchState.ReadAsync(lab);
                }

                Assert.True(settled == old, $"After {what}:\n{settled}\nwas {old}");
                VersionMoves.DeleteNewIsos(lab);
            });
    }
}
