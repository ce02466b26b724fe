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
