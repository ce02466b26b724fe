using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>Removes a container: its virtual machine with its own disk and its log. The layers of its image, and volumes, stay.</summary>
public sealed class ContainerRemoval
{
    private readonly VimClient _client;

    /// <summary>Removes through a session.</summary>
    public ContainerRemoval(VimClient client) => _client = client;

    /// <summary>Removes the container; once begun, it is not cancelled half-way.</summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="force">Powers a machine that is on off first, without asking its process.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Ends it before anything is removed.</param>
    /// <exception cref="VicException">
    /// It is on, and <paramref name="force"/> is not set; it belongs to no VCH; or its folder resisted, and the error names it.
    /// </exception>
    /// <exception cref="VimFaultException">It is gone, or vSphere refused.</exception>
    public async Task RunAsync(ContainerVmInfo container, bool force, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{container.Name}'"));
        var current = await new ContainerInventory(_client).ReadAsync(container, cancellationToken).ConfigureAwait(false);
        if (current.PowerState != "PoweredOff" && !force)
        {
            throw new VicException("ContainerRunning", VicErrorKind.Busy, $"The container '{current.Name}' is {current.State}. It was not removed.")
            {
                RecommendedAction = "Stop it with Stop-ContainerVM, or pass -Force.",
                Target = current.Name,
            };
        }

        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        progress.Report(new($"Removing '{current.Name}'"));
        cancellationToken.ThrowIfCancellationRequested();
        var left = new Leftovers();
        await new MachineRemoval(_client).RemoveWithFolderAsync(current.Machine, inventory.DatacenterOf(current.Machine).Reference, left)
            .ConfigureAwait(false);
        if (left.Names.Count > 0)
        {
            throw new VicException(
                "RemovalIncomplete", VicErrorKind.Failed, $"The container '{current.Name}' was removed, but this is left of it: {string.Join("; ", left.Names)}.")
            {
                RecommendedAction = "Remove what is named with the vSphere Client.",
                Target = current.Name,
            };
        }
    }
}
