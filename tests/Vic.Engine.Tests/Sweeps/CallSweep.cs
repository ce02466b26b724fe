using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Runs a flow again and again: the first time its first vim25 call gets into trouble, the next time its second, until there are no more.</summary>
internal static class CallSweep
{
    // Longer than a task of the lab, shorter than anybody's patience.
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sweeps through a flow. After each run inventory and datastores are, file by file, as they were before.</summary>
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
        var prepared = await prepare();
        await RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => run(client, prepared, cancellation),
            async (outcome, what, isLast) =>
            {
                await settle(prepared, outcome);
                await lab.AssertUnchangedAsync(before, what);
                if (!isLast)
                {
                    prepared = await prepare();
                }
            });
    }

    /// <summary>Sweeps through a flow; each run goes on from where the one before has come to.</summary>
    /// <param name="lab">Where.</param>
    /// <param name="trouble">What happens to each call in turn.</param>
    /// <param name="run">The flow.</param>
    /// <param name="settle">Checks the outcome, null or the flow's failure; is told what happened in words, and whether it was the last time.</param>
    public static async Task RunOnAsync<TResult>(
        EngineLab lab,
        Trouble trouble,
        Func<VimClient, CancellationToken, Task<TResult>> run,
        Func<Outcome<TResult>, string, bool, Task> settle)
    {
        var isLast = false;
        for (var number = 1; !isLast; number++)
        {
            using var client = await lab.ConnectAsync();
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            lab.Faults.Reset();
            Arrange(lab.Faults, trouble, number, cancellation.Cancel);
            var outcome = await Outcome<TResult>.OfAsync(() => run(client, cancellation.Token));
            var calls = lab.Faults.Calls;
            lab.Faults.Reset();
            isLast = calls.Count < number;
            var what = $"{trouble} of call {number} of {calls.Count} ({calls.ElementAtOrDefault(number - 1)?.Method})";
            Assert.True(outcome.Failure is null || trouble is not (Trouble.Delay or Trouble.Duplicate) && !isLast, $"{what}: {outcome.Failure}");
            var last = string.Join(", ", calls.Skip(number - 1).Select(call => call.Method));
            await settle(outcome, $"{what}: {outcome.Failure?.Message ?? "done"}, with {last}", isLast);
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
