using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Tests.Labs;
using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>A change whose process dies at each of its calls in turn, as with a power cut, and what its administrator does then.</summary>
internal static class DeathSweep
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lets the change die at its first call, at its second, and so on, until it lives to its end.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="vch">The VCH that is changed.</param>
    /// <param name="change">The change; the VCH must bear it again and again.</param>
    /// <param name="settled">Looks at what is there once the reset has been done where it was needed, and makes ready for the next time.</param>
    public static async Task RunOnAsync<T>(EngineLab lab, VchInfo vch, Func<VimClient, Task<T>> change, Func<string, Task> settled)
    {
        var isOver = false;
        for (var number = 1; !isOver; number++)
        {
            // A session that ends and cannot be opened anew is to the server what the end of the process is.
            using var owner = await lab.ConnectAsync();
            using var client = await lab.JoinAsync(owner);
            lab.Faults.Reset();
            lab.Faults.Fail(number, Lab.Api.CallFailure.EndSession);
            var outcome = await Outcome<T>.OfAsync(() => change(client));
            var calls = lab.Faults.Calls;
            isOver = calls.Count < number;
            lab.Faults.Reset();
            await ResetWhereMarkedAsync(lab, vch, change);
            await settled($"the end at call {number} of {calls.Count} ({calls.ElementAtOrDefault(number - 1)?.Method}), {outcome.Failure?.Message}");
        }
    }

    private static async Task ResetWhereMarkedAsync<T>(EngineLab lab, VchInfo vch, Func<VimClient, Task<T>> change)
    {
        using var next = await lab.ConnectAsync();
        await RunningTasks.SettleAsync(next, [vch.Reference], methods: [], Token);
        if ((await VchState.ReadAsync(lab)).Status == UpgradeStatus.InProgress)
        {
            var refused = await Assert.ThrowsAsync<VicException>(() => change(next));
            Assert.Equal("UpdateInProgress", refused.ErrorId);
            Assert.Contains("-ResetProgress", refused.RecommendedAction, StringComparison.Ordinal);
            Assert.NotNull(await new InterruptedChange(next).ResetAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token));
        }
    }
}
