using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>Removes a VCH: its containers, images, endpoint VM, bridge, folder and pool. What others have put there stays.</summary>
public sealed class VchRemoval
{
    private readonly VimClient _client;
    private readonly MachineRemoval _machines;

    /// <summary>Removes through a session.</summary>
    public VchRemoval(VimClient client)
    {
        _client = client;
        _machines = new MachineRemoval(client);
    }

    /// <summary>Removes the VCH.</summary>
    /// <param name="vch">The VCH as it was listed.</param>
    /// <param name="force">Removes running containers as well.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Stops between two steps; a later call goes on with what is left.</param>
    /// <exception cref="VicException">Containers are running, and <paramref name="force"/> is not set.</exception>
    public async Task RunAsync(VchInfo vch, bool force, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading virtual machines"));
        var machines = await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var containers = ContainerInventory.Select(machines, [vch]).Where(container => container.HostReference == vch.Reference).ToList();
        RefuseWhileRunning(vch, containers, force);
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var datacenter = Datacenter(inventory, vch);

        // An endpoint that runs would create containers while they are removed.
        progress.Report(new($"Powering off '{vch.Name}'"));
        await _machines.PowerOffAsync(vch.Machine, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < containers.Count; index++)
        {
            progress.Report(new("Removing containers", index * 100 / containers.Count));
            await _machines.RemoveAsync(containers[index].Reference, datacenter, cancellationToken).ConfigureAwait(false);
        }

        progress.Report(new("Removing images"));
        await RemoveImagesAsync(vch, inventory, datacenter, cancellationToken).ConfigureAwait(false);
        progress.Report(new($"Removing '{vch.Name}'"));
        await _machines.RemoveAsync(vch.Reference, datacenter, cancellationToken).ConfigureAwait(false);
        await RemoveBridgeAsync(vch, inventory, cancellationToken).ConfigureAwait(false);
        await RemoveGroupsAsync(vch, inventory, cancellationToken).ConfigureAwait(false);
    }

    private static void RefuseWhileRunning(VchInfo vch, List<ContainerVmInfo> containers, bool force)
    {
        var running = containers.Where(container => container.PowerState != "PoweredOff").Select(container => container.Name).ToList();
        if (running.Count > 0 && !force)
        {
            throw new VicException(
                "ContainersRunning", VicErrorKind.Busy, $"'{vch.Name}' has containers that run: {string.Join(", ", running)}. Nothing was removed.")
            {
                RecommendedAction = "Stop them with 'docker stop', or pass -Force.",
                Target = vch.Name,
            };
        }
    }

    private static ManagedObjectReference Datacenter(InventorySnapshot inventory, VchInfo vch)
    {
        var above = inventory.Find(vch.Machine.Parent ?? vch.Pool);
        return above is null
            ? inventory.OfType("Datacenter").Single().Reference
            : inventory.Lineage(above).First(entity => entity.Reference.Type == "Datacenter").Reference;
    }

    private async Task RemoveImagesAsync(
        VchInfo vch, InventorySnapshot inventory, ManagedObjectReference datacenter, CancellationToken cancellationToken)
    {
        if (vch.Configuration.Storage.ImageStores is not [var url, ..] || vch.Machine.Get<string>("config.uuid") is not { } uuid)
        {
            return;
        }

        var store = new DatastoreFolder(url.Host, url.Path.Trim('/'));
        var machineFolder = vch.Machine.Get<string>("config.files.vmPathName") is { } path ? DatastoreFolder.OfFile(path) : null;
        if (store == machineFolder)
        {
            // The images are in the endpoint VM's own folder and go with it.
            return;
        }

        var folders = new DatastoreFolders(_client, datacenter);
        var family = store.Child("VIC");
        await folders.RemoveAsync(family.Child(uuid), cancellationToken).ConfigureAwait(false);
        if (inventory.OfType("Datastore").FirstOrDefault(datastore => datastore.Name == store.Datastore)?.GetReference("browser") is { } browser)
        {
            // Other VCHs may share the store.
            await folders.RemoveIfEmptyAsync(family, browser, cancellationToken).ConfigureAwait(false);
            await folders.RemoveIfEmptyAsync(store, browser, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveBridgeAsync(VchInfo vch, InventorySnapshot inventory, CancellationToken cancellationToken)
    {
        if (!vch.Configuration.CreateBridgeNetwork || !ManagedObjectReference.TryParse(vch.BridgeNetworkId, out var network))
        {
            return;
        }

        if (inventory.Find(network) is { } bridge && inventory.OfType("HostSystem") is [var host, ..])
        {
            await new HostBridge(_client, host).RemoveAsync(bridge.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveGroupsAsync(VchInfo vch, InventorySnapshot inventory, CancellationToken cancellationToken)
    {
        var groups = new GroupRemoval(_client);
        foreach (var group in new[] { vch.Machine.Parent, vch.Pool })
        {
            // Without DRS the pool is the cluster's own; a VCH in a vApp is in somebody's folder.
            if (inventory.Find(group) is { } entity && entity.Name == vch.Name)
            {
                await groups.RemoveIfEmptyAsync(entity.Reference, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
