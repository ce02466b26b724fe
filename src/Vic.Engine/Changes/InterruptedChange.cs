using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Clears up after a change whose process has died, as with a power cut: goes back to the state before when the change had come that far, lets the endpoint
/// serve again, and takes the mark away. Nobody else may be changing the VCH meanwhile.
/// </summary>
public sealed class InterruptedChange
{
    private readonly VimClient _client;

    /// <summary>Works through a session.</summary>
    public InterruptedChange(VimClient client) => _client = client;

    /// <summary>Takes the broken change back.</summary>
    /// <returns>The VCH as it is now; null when no change of it was marked.</returns>
    /// <exception cref="VicException">Something resisted; the error names what is left.</exception>
    public async Task<VchInfo?> ResetAsync(
        VchInfo vch, TimeSpan timeout, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{vch.Name}'"));

        // What the process that died has begun goes on without it.
        await RunningTasks.SettleAsync(_client, [vch.Reference], methods: [], cancellationToken).ConfigureAwait(false);
        var present = await PresentVch.ReadAsync(_client, vch, cancellationToken).ConfigureAwait(false);
        if (UpdateOwner.ReadFrom(present.Keys) is not { } owner)
        {
            return null;
        }

        var left = new Leftovers();
        var isTaken = present.Points.Any(point => point.IsOf(owner));
        var reversal = new Reversal(_client, present, owner, progress)
        {
            // Without its snapshot the change had not altered anything yet, but may have shut the endpoint down.
            IsMachineTouched = isTaken || !present.IsOn,
            ArePoolLimitsTouched = present.FormerLimits is not null && present.Pool is not null,
            WasOn = true,
            WasServing = true,
            Timeout = timeout,
        };
        await reversal.RunAsync(left, cancellationToken).ConfigureAwait(false);
        if (left.Names.Count == 0)
        {
            await left.RemoveAsync("the mark of the change", new UpdateLock(_client, vch, owner).ReleaseAsync, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (left.Names.Count > 0)
        {
            throw new VicException(
                "ResetIncomplete", VicErrorKind.Failed, $"The change of '{vch.Name}' ({owner}) could not be taken back whole: {string.Join("; ", left.Names)}.")
            {
                RecommendedAction = "See in the vSphere Client what holds it up, and do it again.",
                Target = vch.Name,
            };
        }

        return await new VchInventory(_client).ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false);
    }
}
