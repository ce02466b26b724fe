using Vic.Engine.Containers;
using Vic.Engine.Inspection;
using Vic.Engine.Removal;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with what is done to a container, and whenever: doing it again does it.</summary>
public sealed class ContainerSweepTests
{
    private const string Name = "swept-container";

    public static TheoryData<InventoryModel, Trouble> Cases
    {
        get
        {
            var cases = new TheoryData<InventoryModel, Trouble>();
            foreach (var trouble in Enum.GetValues<Trouble>())
            {
                cases.Add(InventoryModel.VCenter, trouble);
                cases.Add(InventoryModel.Esx, trouble);
            }

            return cases;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_stop_that_goes_wrong_at_any_call_is_finished_by_the_next_one(InventoryModel model, Trouble trouble) => SweepAsync(
        model,
        trouble,
        isRunning: true,
        async (client, container, cancellation) =>
        {
            await new ContainerPower(client).StopAsync(container, TimeSpan.Zero, kill: false, Quiet.Instance, cancellation);
            return container;
        },
        container => Assert.Equal("PoweredOff", container!.PowerState));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_start_that_goes_wrong_at_any_call_is_finished_by_the_next_one(InventoryModel model, Trouble trouble) => SweepAsync(
        model,
        trouble,
        isRunning: false,
        async (client, container, cancellation) => await new ContainerPower(client).StartAsync(container, Quiet.Instance, cancellation),
        container => Assert.Equal("PoweredOn", container!.PowerState));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_removal_that_goes_wrong_at_any_call_is_finished_by_the_next_one(InventoryModel model, Trouble trouble) => SweepAsync(
        model,
        trouble,
        isRunning: true,
        async (client, container, cancellation) =>
        {
            await new ContainerRemoval(client).RunAsync(container, force: true, Quiet.Instance, cancellation);
            return container;
        },
        Assert.Null);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_move_to_another_bootstrap_that_goes_wrong_at_any_call_is_done_whole_or_not_at_all(InventoryModel model, Trouble trouble)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        var target = (lab.Vch.Configuration.Containers.BootstrapImagePath, (string?)ProductVersion.Current, "PoweredOn");
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        var before = await EarlierContainer.ReadAsync(lab);
        await CallSweep.RunOnAsync(
            lab.Lab,
            trouble,
            (client, cancellation) => new BootstrapUpdate(client).RunAsync(container, timeout: null, kill: true, Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                var after = await EarlierContainer.ReadAsync(lab);
                Assert.True(after == target || (outcome.Failure is not null && after == before), $"After {what}: {after}, was {before}");
                await new ContainerRemoval(lab.Client).RunAsync((await lab.FindAsync(EarlierContainer.Name))!, force: true, Quiet.Instance, Token);
                container = await EarlierContainer.CreateAsync(lab, isOn: true);
            });
    }

    private static async Task SweepAsync(
        InventoryModel model,
        Trouble trouble,
        bool isRunning,
        Func<VimClient, ContainerVmInfo, CancellationToken, Task<ContainerVmInfo>> flow,
        Action<ContainerVmInfo?> check)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await CallSweep.RunAsync(
            lab.Lab,
            trouble,
            async () =>
            {
                var created = await lab.CreateAsync(Name, 'd');
                return isRunning ? await new ContainerPower(lab.Client).StartAsync(created, Quiet.Instance, Token) : created;
            },
            flow,
            async (container, outcome) =>
            {
                if (outcome.Result is null && await lab.FindAsync(Name) is { } left)
                {
                    await flow(lab.Client, left, Token);
                }

                var found = await lab.FindAsync(Name);
                check(found);
                if (found is not null)
                {
                    await new ContainerRemoval(lab.Client).RunAsync(found, force: true, Quiet.Instance, Token);
                }
            });
    }
}
