using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>
/// Runs a flow again and again: the first time its first vim25 call gets into trouble, the next time its second, until there are no more. After each
/// run inventory and datastores are, file by file, as they were before.
/// </summary>
internal static class CallSweep
{
    // Longer than a task of the lab, shorter than anybody's patience.
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sweeps through a flow.</summary>
    /// <param name="lab">Where.</param>
    /// <param name="trouble">What happens to each call in turn.</param>
    /// <param name="prepare">Makes what the flow works on.</param>
    /// <param name="run">The flow.</param>
    /// <param name="settle">Checks the outcome, null or the flow's failure, and removes what a run leaves that is meant to stay.</param>
    public static async Task RunAsync<TPrepared, TResult>(
        EngineLab lab,
        Trouble trouble,
        Func<Task<TPrepared>> prepare,
        Func<VimClient, TPrepared, CancellationToken, Task<TResult>> run,
        Func<TPrepared, Outcome<TResult>, Task> settle)
    {
        var before = await lab.SnapshotAsync();
        for (var number = 1; ; number++)
        {
            var prepared = await prepare();
            using var client = await lab.ConnectAsync();
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            lab.Faults.Reset();
            Arrange(lab.Faults, trouble, number, cancellation.Cancel);
            var outcome = await Outcome<TResult>.OfAsync(() => run(client, prepared, cancellation.Token));
            var calls = lab.Faults.Calls;
            lab.Faults.Reset();
            var what = $"{trouble} of call {number} of {calls.Count} ({calls.ElementAtOrDefault(number - 1)?.Method})";
            Assert.True(
                outcome.Failure is null || trouble is not (Trouble.Delay or Trouble.Duplicate) && number <= calls.Count, $"{what}: {outcome.Failure}");
            await settle(prepared, outcome);
            var last = string.Join(", ", calls.Skip(number - 1).Select(call => call.Method));
            await lab.AssertUnchangedAsync(before, $"{what}: {outcome.Failure?.Message ?? "done"}, with {last}");
            if (calls.Count < number)
            {
                return;
            }
        }
    }

    private static void Arrange(FaultPlan faults, Trouble trouble, int number, Action cancel)
    {
        switch (trouble)
        {
            case Trouble.Delay:
                faults.Delay(number, Lateness);
                break;
            case Trouble.Cancel:
                faults.Do(number, cancel);
                break;
            default:
                faults.Fail(number, trouble switch
                {
                    Trouble.Fault => CallFailure.Fault,
                    Trouble.DropBefore => CallFailure.Drop,
                    Trouble.DropAfter => CallFailure.DropAnswer,
                    Trouble.Duplicate => CallFailure.Duplicate,
                    Trouble.EndSession => CallFailure.EndSession,
                    _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
                });
                break;
        }
    }
}
