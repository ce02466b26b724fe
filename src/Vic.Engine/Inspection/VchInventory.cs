using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Finds the VCHs of a server: virtual machines whose configuration names themselves.</summary>
public sealed class VchInventory
{
    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchInventory(VimClient client) => _client = client;

    /// <summary>All VCHs, by name.</summary>
    public async Task<IReadOnlyList<VchInfo>> ListAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading virtual machines"));
        return Select(await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A VCH as it is now.</summary>
    /// <exception cref="VicException">It is gone, or is no VCH any more.</exception>
    public async Task<VchInfo> ReadAsync(VchInfo vch, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{vch.Name}'"));
        try
        {
            return await ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            throw new VicException("ObjectGone", VicErrorKind.NotFound, $"The VCH '{vch.Name}' is no longer there.", exception)
            {
                RecommendedAction = "See which ones are: Get-VCH",
                Target = vch.Name,
            };
        }
    }

    /// <summary>The VCH of one endpoint VM.</summary>
    /// <exception cref="VicException">The machine is no VCH.</exception>
    internal async Task<VchInfo> ReadAsync(ManagedObjectReference machine, CancellationToken cancellationToken) =>
        Select([await InventoryView.ReadAsync(_client, machine, MachineInventory.Properties.PathSet!, cancellationToken).ConfigureAwait(false)])
            .SingleOrDefault() ?? throw new VicException("NotAVch", VicErrorKind.NotFound, $"{machine} has no configuration of a VCH.");

    internal static List<VchInfo> Select(IEnumerable<InventoryEntity> machines)
    {
        var found = new List<VchInfo>();
        foreach (var machine in machines)
        {
            if (MachineInventory.ReadHost(machine, MachineInventory.Keys(machine)) is { } configuration)
            {
                found.Add(new VchInfo(machine, configuration));
            }
        }

        return found.OrderBy(vch => vch.Name, StringComparer.OrdinalIgnoreCase).ToList();
    }
}
