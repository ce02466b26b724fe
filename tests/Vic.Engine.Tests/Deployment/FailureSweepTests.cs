using Vic.Engine.Deployment;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>Whatever goes wrong with New-VCH, and whenever: inventory and datastores are afterwards, file by file, as they were before.</summary>
public sealed class FailureSweepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter, CallFailure.Fault)]
    [InlineData(InventoryModel.VCenter, CallFailure.Drop)]
    [InlineData(InventoryModel.VCenter, CallFailure.DropAnswer)]
    [InlineData(InventoryModel.Esx, CallFailure.Fault)]
    [InlineData(InventoryModel.Esx, CallFailure.Drop)]
    [InlineData(InventoryModel.Esx, CallFailure.DropAnswer)]
    public async Task A_call_that_fails_leaves_nothing_behind_whichever_it_is(InventoryModel model, CallFailure failure) =>
        await SweepAsync(model, (lab, number, _) => lab.Faults.Fail(number, failure));

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_deployment_that_is_cancelled_leaves_nothing_behind_whenever_it_is(InventoryModel model) =>
        await SweepAsync(model, (lab, number, cancel) => lab.Faults.Do(number, cancel));

    private static async Task SweepAsync(InventoryModel model, Action<EngineLab, int, Action> arrange)
    {
        // Tasks that take a while are what a deployment can lose sight of.
        await using var lab = await EngineLab.StartAsync(model, TimeSpan.FromMilliseconds(20));
        var before = await lab.SnapshotAsync();
        for (var number = 1; ; number++)
        {
            using var client = await lab.ConnectAsync();
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            lab.Faults.Reset();
            arrange(lab, number, cancellation.Cancel);
            var deployed = await TryAsync(() => EngineLab.DeployAsync(client, lab.Request(), cancellation.Token));
            var calls = lab.Faults.Calls;
            lab.Faults.Reset();
            if (deployed is null)
            {
                Assert.False(Directory.Exists(lab.CertificatePath), $"The local folder is left when call {number} of {calls.Count} fails.");
            }
            else
            {
                await lab.RemoveAsync(deployed.Vch);
                Directory.Delete(lab.CertificatePath, recursive: true);
            }

            await lab.AssertUnchangedAsync(before, $"call {number} ({calls.ElementAtOrDefault(number - 1)?.Method})");
            if (calls.Count < number)
            {
                Assert.NotNull(deployed);
                return;
            }
        }
    }

    /// <returns>Null when the deployment failed.</returns>
    private static async Task<DeployedVch?> TryAsync(Func<Task<DeployedVch>> deploy)
    {
        try
        {
            return await deploy();
        }
        catch (DeploymentException exception)
        {
            Assert.Empty(exception.LeftBehind);
            return null;
        }
        catch (Exception exception) when (exception is VimException or OperationCanceledException)
        {
            // While the request was checked, or by the user.
            return null;
        }
    }
}
