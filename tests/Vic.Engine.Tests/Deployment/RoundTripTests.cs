using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Deployment;

/// <summary>How often New-VCH asks vSphere something; each time costs a round trip, which may be a long one.</summary>
public sealed class RoundTripTests
{
    private const int MostBeforePowerOn = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task New_VCH_powers_on_within_thirty_calls_with_those_of_the_login(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        lab.Faults.Reset();
        using var client = await lab.ConnectAsync();

        await EngineLab.DeployAsync(client, lab.Request(), Token);

        var calls = lab.Faults.Calls.TakeWhile(call => !call.Method.StartsWith("PowerOn", StringComparison.Ordinal)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{model}: {calls.Count} calls before power-on");
        foreach (var method in calls.GroupBy(call => call.Method))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{method.Count(),4}  {method.Key}");
        }

        Assert.InRange(calls.Count, 1, MostBeforePowerOn);
    }
}
