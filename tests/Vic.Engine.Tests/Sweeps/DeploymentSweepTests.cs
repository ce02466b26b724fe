using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with New-VCH, and whenever: inventory and datastores are afterwards, file by file, as they were before.</summary>
public sealed class DeploymentSweepTests
{
    public static TheoryData<InventoryModel, bool, Trouble> Cases => SweepCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_deployment_leaves_nothing_behind_and_does_nothing_twice(InventoryModel model, bool asVApp, Trouble trouble)
    {
        // Tasks that take a while are what a deployment can lose sight of.
        await using var lab = await EngineLab.StartAsync(model, TimeSpan.FromMilliseconds(20));
        var request = lab.Request() with { AsVApp = asVApp };
        var undisturbed = await DeployUndisturbedAsync(lab, request);
        await CallSweep.RunAsync(
            lab,
            trouble,
            () => Task.FromResult(0),
            (client, _, cancellation) => EngineLab.DeployAsync(client, request, cancellation),
            async (_, outcome) =>
            {
                if (outcome.Result is { } deployed)
                {
                    Assert.Equal(undisturbed, await ShapeAsync(lab));
                    await RemoveAsync(lab, deployed);
                    return;
                }

                Assert.Empty((outcome.Failure as DeploymentException)?.LeftBehind ?? []);
                Assert.False(Directory.Exists(lab.CertificatePath), $"The local folder is left after: {outcome.Failure}");
            });
    }

    private static async Task<IReadOnlyList<string>> DeployUndisturbedAsync(EngineLab lab, VchRequest request)
    {
        using var client = await lab.ConnectAsync();
        var deployed = await EngineLab.DeployAsync(client, request, TestContext.Current.CancellationToken);
        var shape = await ShapeAsync(lab);
        await RemoveAsync(lab, deployed);
        return shape;
    }

    private static async Task RemoveAsync(EngineLab lab, DeployedVch deployed)
    {
        await lab.RemoveAsync(deployed.Vch);
        Directory.Delete(lab.CertificatePath, recursive: true);
    }

    /// <summary>The inventory by name alone: each thing that a deployment makes is there once, whatever its number.</summary>
    private static async Task<IReadOnlyList<string>> ShapeAsync(EngineLab lab) =>
        [.. (await lab.InventoryNamesAsync()).Order(StringComparer.Ordinal)];
}
