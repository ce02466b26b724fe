using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Logs;
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
    /// <param name="removesVolumes">Removes the volumes in its volume stores as well; without it, those that stay are warned of.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Stops between two machines; a later call goes on with what is left.</param>
    /// <exception cref="VicException">
    /// Containers are running, and <paramref name="force"/> is not set; or something resisted, and the error names what is left.
    /// </exception>
    public async Task RunAsync(VchInfo vch, bool force, bool removesVolumes, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var log = new OperationLog("delete", progress);
        log.Report(new("Reading virtual machines"));
        var (current, containers, _) = await ReadAsync(vch, cancellationToken).ConfigureAwait(false);
        RefuseWhileRunning(current, containers, force);
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        try
        {
            await RemoveAsync(current, inventory, removesVolumes, log, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await KeepAsync(log, exception, current, inventory).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RemoveAsync(
        VchInfo vch, InventorySnapshot inventory, bool removesVolumes, OperationLog progress, CancellationToken cancellationToken)
    {
        var datacenter = inventory.DatacenterOf(vch.Machine).Reference;

        // An endpoint that runs would create containers while they are removed; one that has just stopped may have begun some.
        progress.Report(new($"Powering off '{vch.Name}'"));
        await _machines.PowerOffAsync(vch.Machine, cancellationToken).ConfigureAwait(false);
        await RunningTasks.SettleAsync(_client, Groups(vch), ["CreateVM_Task", "CreateChildVM_Task"], cancellationToken).ConfigureAwait(false);
        var (current, containers, others) = await ReadAsync(vch, cancellationToken).ConfigureAwait(false);

        var left = new Leftovers();
        for (var index = 0; index < containers.Count; index++)
        {
            progress.Report(new("Removing containers", index * 100 / containers.Count));
            cancellationToken.ThrowIfCancellationRequested();
            await _machines.RemoveWithFolderAsync(containers[index].Machine, datacenter, left).ConfigureAwait(false);
        }

        progress.Report(new("Removing images"));
        await Leftovers.InsistAsync(token => RemoveImagesAsync(current, inventory, datacenter, token), cancellationToken).ConfigureAwait(false);
        var volumes = new VolumeRemoval(_client, inventory, progress);
        if (removesVolumes)
        {
            await volumes.RemoveAsync(current, others, left, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await volumes.TellAsync(current, cancellationToken).ConfigureAwait(false);
        }

        progress.Report(new($"Removing '{vch.Name}'"));
        cancellationToken.ThrowIfCancellationRequested();
        await new GrantRemoval(_client, inventory, left).RemoveAsync(current, others).ConfigureAwait(false);
        await _machines.RemoveWithFolderAsync(current.Machine, datacenter, left).ConfigureAwait(false);
        await RemoveSurroundingsAsync(current, inventory, left).ConfigureAwait(false);
        if (left.Names.Count > 0)
        {
            throw new VicException(
                "RemovalIncomplete", VicErrorKind.Failed, $"'{vch.Name}' was removed, but this is left of it: {string.Join("; ", left.Names)}.")
            {
                RecommendedAction = "Remove what is named, in this order, with the vSphere Client.",
                Target = vch.Name,
            };
        }
    }

    private async Task<(VchInfo Vch, List<ContainerVmInfo> Containers, List<VchInfo> Others)> ReadAsync(VchInfo vch, CancellationToken cancellationToken)
    {
        var machines = await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var hosts = VchInventory.Select(machines);
        var current = hosts.Find(found => found.Reference == vch.Reference)
            ?? throw new VicException("ObjectGone", VicErrorKind.NotFound, $"'{vch.Name}' is no longer there.") { Target = vch.Name };
        var containers = ContainerInventory.Select(machines, [current]).Where(container => container.HostReference == vch.Reference).ToList();
        return (current, containers, hosts.Where(found => found != current).ToList());
    }

    private static List<ManagedObjectReference> Groups(VchInfo vch) =>
        new[] { vch.Machine.Parent, vch.Pool }.OfType<ManagedObjectReference>().ToList();

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

    // When the endpoint VM is still there, so is its folder; else nothing can be stored, and nothing need be.
    private async Task KeepAsync(OperationLog log, Exception failure, VchInfo vch, InventorySnapshot inventory)
    {
        log.End(failure);
        if (MachineRemoval.Home(vch.Machine) is { } home)
        {
            await log.StoreAsync(_client, inventory.DatacenterPath(inventory.DatacenterOf(vch.Machine)), home, warns: false).ConfigureAwait(false);
        }
    }

    private async Task RemoveImagesAsync(
        VchInfo vch, InventorySnapshot inventory, ManagedObjectReference datacenter, CancellationToken cancellationToken)
    {
        if (vch.Configuration.Storage.ImageStores is not [var url, ..] || vch.Machine.Get<string>("config.uuid") is not { } uuid)
        {
            return;
        }

        var store = new DatastoreFolder(url.Host, url.Path.Trim('/'));
        if (store == MachineRemoval.Home(vch.Machine))
        {
            // The images are in the endpoint VM's own folder and go with it.
            return;
        }

        if (inventory.BrowserOf(store.Datastore) is { } browser)
        {
            await new ImageRemoval(_client, datacenter, store, browser).RemoveAsync(uuid, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveSurroundingsAsync(VchInfo vch, InventorySnapshot inventory, Leftovers left)
    {
        using var limit = new CancellationTokenSource(MachineRemoval.Patience);
        if (Bridge(vch, inventory) is { } bridge)
        {
            await left.RemoveAsync($"the port group '{bridge.Name}'", bridge.RemovePortGroupAsync, limit.Token).ConfigureAwait(false);
            await left.RemoveAsync($"the virtual switch '{bridge.Name}'", bridge.RemoveSwitchAsync, limit.Token).ConfigureAwait(false);
        }

        if (vch.Configuration.Containers is { UseVmGroup: true, VmGroupName: { Length: > 0 } name }
            && inventory.Find(vch.Pool)?.GetReference("owner") is { Type: "ClusterComputeResource" } cluster)
        {
            await left.RemoveAsync($"the DRS group '{name}'", new VmGroup(_client, cluster, name).RemoveAsync, limit.Token).ConfigureAwait(false);
        }

        var groups = new GroupRemoval(_client);
        foreach (var group in Groups(vch))
        {
            // Without DRS the pool is the cluster's own; a VCH in a vApp is in somebody's folder.
            if (inventory.Find(group) is { } entity && entity.Name == vch.Name)
            {
                var noun = group.Type == "Folder" ? "the inventory folder" : "the resource pool";
                await left.RemoveAsync($"{noun} '{entity}'", token => groups.RemoveIfEmptyAsync(group, token), limit.Token).ConfigureAwait(false);
            }
        }
    }

    private HostBridge? Bridge(VchInfo vch, InventorySnapshot inventory) =>
        vch.Configuration.CreateBridgeNetwork
        && ManagedObjectReference.TryParse(vch.BridgeNetworkId, out var network)
        && inventory.Find(network) is { } bridge
        && inventory.OfType("HostSystem") is [var host, ..]
            ? new HostBridge(_client, host, bridge.Name)
            : null;
}
