using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Keeps two from changing one VCH at once: a key of its endpoint VM, the same that vic-machine uses. It outlives the process that set it, so a change
/// that broke off is noticed.
/// </summary>
internal sealed class UpdateLock(VimClient client, VchInfo vch, UpdateOwner owner)
{
    // Each attempt that fails is somebody else's success: a guest that writes a key, or another administrator.
    private const int Attempts = 10;

    /// <exception cref="VicException"><c>UpdateInProgress</c>: another change is under way.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (holder, version) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (holder is not null)
            {
                throw Refusal(vch.Name, holder);
            }

            try
            {
                // Only whoever knows the latest version may write: of two who read at the same time, one wins.
                await MachineTasks.ReconfigureAsync(
                    client, vch.Reference, new VirtualMachineConfigSpec { ChangeVersion = version, ExtraConfig = MarkOf(owner) }, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (VimFaultException exception) when (exception.Fault is ConcurrentAccess && attempt < Attempts)
            {
                // Look again who it was.
            }
        }
    }

    /// <summary>Refuses what cannot be done while somebody else changes the VCH, before anything is begun.</summary>
    /// <exception cref="VicException"><c>UpdateInProgress</c>: another change is under way.</exception>
    public static void RefuseWhileHeld(PresentVch vch)
    {
        if (UpdateOwner.ReadFrom(vch.Keys) is { } holder)
        {
            throw Refusal(vch.Name, holder);
        }
    }

    /// <summary>Takes the mark away, when it is this owner's.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await RunningTasks.SettleAsync(client, [vch.Reference], ["ReconfigVM_Task"], cancellationToken).ConfigureAwait(false);
        var (holder, _) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (holder is not null && holder.Id == owner.Id)
        {
            await MachineTasks.ReconfigureAsync(
                client, vch.Reference, new VirtualMachineConfigSpec { ExtraConfig = MarkOf(null) }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The keys that say who changes the VCH; of nobody, those that take the mark away.</summary>
    public static List<OptionValue> MarkOf(UpdateOwner? owner) =>
    [
        new() { Key = GuestInfoNames.UpdateInProgress, Value = owner is null ? "false" : "true" },
        new() { Key = GuestInfoNames.UpdateOwner, Value = owner?.ToText() ?? "" },
        new() { Key = GuestInfoNames.UpdateLimits, Value = "" },
    ];

    private static VicException Refusal(string name, UpdateOwner holder) => new(
        "UpdateInProgress", VicErrorKind.Busy, $"Another change of '{name}' is under way: {holder}. Nothing was changed.")
    {
        RecommendedAction = $"Wait until it has ended. If it has broken off, because its shell was closed or its computer failed: Set-VCH {name} -ResetProgress",
        Target = name,
    };

    private async Task<(UpdateOwner? Holder, string? Version)> ReadAsync(CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(client, vch.Reference, ["config.changeVersion", "config.extraConfig"], cancellationToken).ConfigureAwait(false);
        return (UpdateOwner.ReadFrom(MachineInventory.Keys(machine)), machine.Get<string>("config.changeVersion"));
    }
}
