using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Update-VCH and Restore-VCH, and whenever: the old or the new version serves, and containers notice nothing.</summary>
public sealed class UpgradeSweepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Trouble> Cases => [.. Enum.GetValues<Trouble>()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_update_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_version(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter, TimeSpan.FromMilliseconds(20));
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);
        await CallSweep.RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                var after = await VchState.ReadAsync(lab);
                Assert.Equal(outcome.Failure is null ? UpgradeStatus.UpToDate : after.Status, after.Status);
                if (after.Status == UpgradeStatus.UpToDate)
                {
                    await RestoreAsync(lab, vch);
                }

                Assert.Empty((outcome.Failure as ChangeException)?.Left ?? []);
                Assert.True(old == await VchState.ReadAsync(lab), $"After {what}:\n{after}\nwas {old}");
                Assert.True(after.Status == UpgradeStatus.UpToDate || after == old, $"After {what}:\n{after}\nwas {old}");
                Assert.Equal(after.Status != UpgradeStatus.UpToDate, NewIsos(lab) == 0);
                DeleteNewIsos(lab);
            });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_return_that_goes_wrong_at_any_call_leaves_the_new_or_the_old_version(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx, TimeSpan.FromMilliseconds(20));
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);
        await UpdateAsync(lab, vch);
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
                    DeleteNewIsos(lab);
                    await UpdateAsync(lab, vch);
                }
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
            client => new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token),
            async what =>
            {
                var settled = await VchState.ReadAsync(lab);
                if (settled.Status == UpgradeStatus.UpToDate)
                {
                    await RestoreAsync(lab, vch);
                    settled = await VchState.ReadAsync(lab);
                }

                Assert.True(settled == old, $"After {what}:\n{settled}\nwas {old}");
                DeleteNewIsos(lab);
            });
    }

    private static VchUpgradeRequest Request(EngineLab lab) =>
        new() { ApplianceIso = lab.Folder["appliance.iso"], BootstrapIso = lab.Folder["bootstrap.iso"], Timeout = TimeSpan.FromMinutes(1) };

    private static async Task UpdateAsync(EngineLab lab, VchInfo vch)
    {
        using var client = await lab.ConnectAsync();
        await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);
    }

    private static async Task RestoreAsync(EngineLab lab, VchInfo vch)
    {
        using var client = await lab.ConnectAsync();
        await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);
    }

    private static int NewIsos(EngineLab lab) => NewIsoFiles(lab).Count();

    private static void DeleteNewIsos(EngineLab lab)
    {
        foreach (var file in NewIsoFiles(lab))
        {
            File.Delete(file);
        }
    }

    // The VCH was deployed with the ISOs of this very version; those of the update have a number.
    private static IEnumerable<string> NewIsoFiles(EngineLab lab) =>
        Directory.EnumerateFiles(lab.Facts.StateDirectory, "*-2-*.iso", SearchOption.AllDirectories);
}
