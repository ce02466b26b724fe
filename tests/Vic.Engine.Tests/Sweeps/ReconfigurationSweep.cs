using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong with Set-VCH, and whenever: the VCH serves as it was before or as it was to be, and its containers notice nothing.</summary>
internal static class ReconfigurationSweep
{
    public static readonly VchChangeRequest There = new() { EndpointMemoryMB = 320, DnsServers = ["192.0.2.53"], CpuLimitMhz = 2000 };
    public static readonly VchChangeRequest Back = new() { EndpointMemoryMB = 256, DnsServers = [], CpuLimitMhz = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Has every call of a change go wrong in turn.</summary>
    public static async Task RunAsync(InventoryModel model, bool asVApp, Trouble trouble)
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

    /// <summary>Changes a VCH while nothing goes wrong.</summary>
    public static async Task ChangeUndisturbedAsync(EngineLab lab, VchInfo vch, VchChangeRequest request)
    {
        using var client = await lab.ConnectAsync();
        await new VchReconfiguration(client).RunAsync(vch, request, Quiet.Instance, Token);
    }
}
