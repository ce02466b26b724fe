using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Remove-VCH, and whenever: what is left is still listed as a VCH, and removing it again removes all of it.</summary>
public sealed class RemovalSweepTests
{
    public static TheoryData<InventoryModel, bool, Trouble> Cases => SweepCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_removal_that_goes_wrong_at_any_call_is_finished_by_the_next_one(InventoryModel model, bool asVApp, Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(model);
        await CallSweep.RunAsync(
            lab,
            trouble,
            () => RunningVch.DeployAsync(lab, lab.Request() with { AsVApp = asVApp }),
            async (client, vch, cancellation) =>
            {
                await EngineLab.RemoveAsync(client, vch, cancellation);
                return vch;
            },
            async (_, outcome) =>
            {
                var listed = await lab.ListAsync();
                if (outcome.Result is not null)
                {
                    Assert.Empty(listed);
                }

                foreach (var left in listed)
                {
                    await lab.RemoveAsync(left);
                }
            });
    }
}
