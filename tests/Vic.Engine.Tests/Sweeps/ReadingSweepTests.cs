using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with a cmdlet that only reads, it fails with an error or tells the truth, never a part of it; and it changes nothing.</summary>
public sealed class ReadingSweepTests
{
    public static TheoryData<InventoryModel, bool, Trouble> Cases => SweepCases.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Get_VCH_lists_all_or_fails(InventoryModel model, bool asVApp, Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(model);
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with { AsVApp = asVApp });
        await SweepAsync(
            lab,
            trouble,
            async (client, cancellation) => Names((await new VchInventory(client).ListAsync(Quiet.Instance, cancellation)).Select(found => found.Name)),
            vch.Name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Get_ContainerVM_lists_all_or_fails(InventoryModel model, bool asVApp, Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(model);
        await RunningVch.DeployAsync(lab, lab.Request() with { AsVApp = asVApp });
        await SweepAsync(
            lab,
            trouble,
            async (client, cancellation) => Names((await new ContainerInventory(client).ListAsync(Quiet.Instance, cancellation)).Select(found => found.Name)),
            RunningVch.ContainerName);
    }

    [Theory]
    [InlineData(Trouble.Fault)]
    [InlineData(Trouble.DropBefore)]
    [InlineData(Trouble.DropAfter)]
    [InlineData(Trouble.Delay)]
    [InlineData(Trouble.Duplicate)]
    [InlineData(Trouble.Cancel)]
    public async Task Connect_VICServer_opens_a_session_that_works_or_fails(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        await SweepAsync(
            lab,
            trouble,
            async (_, cancellation) =>
            {
                using var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, cancellation);
                await client.LoginAsync(lab.Facts.User, lab.Facts.Password, cancellation);
                var name = await client.GetPropertyAsync<string>(client.Content.RootFolder, "name", cancellation);
                await client.LogoutAsync(cancellation);
                return name!;
            },
            "Datacenters");
    }

    private static Task SweepAsync(
        EngineLab lab, Trouble trouble, Func<VimClient, CancellationToken, Task<string>> read, string expected) =>
        CallSweep.RunAsync(
            lab,
            trouble,
            () => Task.FromResult(expected),
            (client, _, cancellation) => read(client, cancellation),
            (_, outcome) =>
            {
                Assert.Equal(expected, outcome.Result ?? expected);
                return Task.CompletedTask;
            });

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
