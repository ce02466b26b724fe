using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Finds the container VMs of a server without asking any endpoint.</summary>
public sealed class ContainerInventory
{
    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public ContainerInventory(VimClient client) => _client = client;

    /// <summary>All container VMs, by VCH and name.</summary>
    public async Task<IReadOnlyList<ContainerVmInfo>> ListAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading virtual machines"));
        var machines = await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        return Select(machines, VchInventory.Select(machines));
    }

    /// <summary>A container VM as it is now.</summary>
    /// <exception cref="VicException">It belongs to no VCH, as a copy of a container VM does not.</exception>
    /// <exception cref="VimFaultException">It is gone, or its VCH is.</exception>
    internal async Task<ContainerVmInfo> ReadAsync(ContainerVmInfo container, CancellationToken cancellationToken)
    {
        List<ManagedObjectReference> machines = [container.Reference];
        if (container.HostReference is { } host)
        {
            machines.Add(host);
        }

        var found = (await _client.RetrieveAsync(machines, MachineInventory.Properties.PathSet!, cancellationToken).ConfigureAwait(false))
            .ConvertAll(machine => new InventoryEntity(machine));
        var current = Select(found, VchInventory.Select(found)).FirstOrDefault(item => item.Reference == container.Reference);
        return current is { Host: not null } ? current : throw NotOfAVch(container);
    }

    /// <summary>A container VM as it is now, with all others of its VCH.</summary>
    /// <exception cref="VicException">It is gone, or belongs to no VCH.</exception>
    internal async Task<(ContainerVmInfo Container, IReadOnlyList<ContainerVmInfo> Others)> ReadWithOthersAsync(
        ContainerVmInfo container, CancellationToken cancellationToken)
    {
        var machines = await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var all = Select(machines, VchInventory.Select(machines));
        var current = all.FirstOrDefault(item => item.Reference == container.Reference)
            ?? throw new VicException("ObjectGone", VicErrorKind.NotFound, $"The container VM '{container.Name}' is no longer there.") { Target = container.Name };
        return current.HostReference is { } host
            ? (current, all.Where(item => item.HostReference == host && item.Reference != current.Reference).ToList())
            : throw NotOfAVch(container);
    }

    private static VicException NotOfAVch(ContainerVmInfo container) =>
        new(
            "NotOfAVch",
            VicErrorKind.InvalidInput,
            $"The virtual machine '{container.MachineName}' is configured as the container '{container.Name}', but belongs to no VCH.")
        {
            RecommendedAction = "A copy of a container VM, or one whose VCH is gone, is handled with the vSphere Client.",
            Target = container.MachineName,
        };

    internal static List<ContainerVmInfo> Select(IReadOnlyList<InventoryEntity> machines, IReadOnlyList<VchInfo> hosts)
    {
        var found = new List<ContainerVmInfo>();
        foreach (var machine in machines)
        {
            if (Read(MachineInventory.Keys(machine)) is { } configuration)
            {
                found.Add(new ContainerVmInfo(machine, configuration, hosts.FirstOrDefault(host => host.Owns(machine))));
            }
        }

        return found.OrderBy(container => container.HostName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(container => container.Name, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static ExecutorConfiguration? Read(IReadOnlyDictionary<string, string> keys)
    {
        if (!keys.ContainsKey(GuestInfoNames.ContainerId))
        {
            return null;
        }

        try
        {
            return ExecutorConfiguration.Read(new GuestInfoReader(keys), GuestInfoKey.Root);
        }
        catch (GuestConfigurationException)
        {
            // A container can write some of its keys; what it breaks is its own listing only.
            return null;
        }
    }
}
