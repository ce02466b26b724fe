using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Set-VCH, and whenever: the VCH serves as it was before or as it was to be, and its containers notice nothing.</summary>
public sealed class ReconfigurationSweepTests
{
    private static readonly VchChangeRequest There = new() { EndpointMemoryMB = 320, DnsServers = ["192.0.2.53"], CpuLimitMhz = 2000 };
    private static readonly VchChangeRequest Back = new() { EndpointMemoryMB = 256, DnsServers = [], CpuLimitMhz = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<InventoryModel, bool, Trouble> Cases => SweepCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_change_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_VCH(InventoryModel model, bool asVApp, Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(model, TimeSpan.FromMilliseconds(20));
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with { AsVApp = asVApp });
        var before = await VchState.ReadAsync(lab);
        await ChangeUndisturbedAsync(lab, vch, There);
        var there = await VchState.ReadAsync(lab);
        await ChangeUndisturbedAsync(lab, vch, Back);
        var back = await VchState.ReadAsync(lab);
        var present = back;
        await CallSweep.RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => new VchReconfiguration(client).RunAsync(vch, present == back ? There : Back, Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                var wanted = present == back ? there : back;
                var after = await VchState.ReadAsync(lab);
                Assert.True(after == wanted || (outcome.Failure is not null && after == present), $"After {what}:\n{after}\nwas {present}\nwas to be {wanted}");
                Assert.Empty((outcome.Failure as ChangeException)?.Left ?? []);
                present = after;
            });

        Assert.Equal(before.Containers, present.Containers);
    }

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_change_whose_process_dies_at_any_call_is_noticed_and_taken_back_by_the_next(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        await ChangeUndisturbedAsync(lab, vch, There);
        await ChangeUndisturbedAsync(lab, vch, Back);
        var old = await VchState.ReadAsync(lab);
        await DeathSweep.RunOnAsync(
            lab,
            vch,
            client => new VchReconfiguration(client).RunAsync(vch, There, Quiet.Instance, Token),
            async what =>
            {
                var settled = await VchState.ReadAsync(lab);
                Assert.True(settled with { Snapshots = 0 } == old with { Snapshots = 0 } || settled.MemoryMB == There.EndpointMemoryMB, $"After {what}:\n{settled}\nwas {old}");
                await ChangeUndisturbedAsync(lab, vch, Back);
                Assert.Equal(old with { Snapshots = 0 }, await VchState.ReadAsync(lab) with { Snapshots = 0 });
            });
    }

    private static async Task ChangeUndisturbedAsync(EngineLab lab, VchInfo vch, VchChangeRequest request)
    {
        using var client = await lab.ConnectAsync();
        await new VchReconfiguration(client).RunAsync(vch, request, Quiet.Instance, Token);
    }
}
