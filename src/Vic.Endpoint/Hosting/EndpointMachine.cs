using Vic.Vim25;

namespace Vic.Endpoint.Hosting;

/// <summary>What vSphere tells about the endpoint VM.</summary>
/// <param name="Reference">The VM.</param>
/// <param name="Name">Its name, the VCH's.</param>
/// <param name="Uuid">Its BIOS UUID.</param>
/// <param name="FilePath">Its file, <c>[datastore] folder/name.vmx</c>.</param>
/// <param name="Folder">The inventory folder that it is in.</param>
/// <param name="Datacenter">The datacenter.</param>
/// <param name="DatacenterPath">The datacenter's inventory path.</param>
/// <param name="Devices">Its devices.</param>
internal sealed record EndpointMachine(
    ManagedObjectReference Reference,
    string Name,
    string Uuid,
    string FilePath,
    ManagedObjectReference Folder,
    ManagedObjectReference Datacenter,
    string DatacenterPath,
    IReadOnlyList<VirtualDevice> Devices)
{
    private const int DeepestInventory = 64;

    /// <summary>Reads what there is about a VM.</summary>
    public static async Task<EndpointMachine> ReadAsync(VimClient client, ManagedObjectReference reference, CancellationToken cancellationToken)
    {
        var machine = await client.RetrieveAsync(
            reference, ["name", "parent", "parentVApp", "config.uuid", "config.files.vmPathName", "config.hardware.device"], cancellationToken).ConfigureAwait(false);
        var parent = machine.Get<ManagedObjectReference>("parent");
        if (parent.IsEmpty && machine.Get<ManagedObjectReference>("parentVApp") is { IsEmpty: false } group)
        {
            // A VM of a vApp is in no folder, but its vApp is.
            parent = await client.GetPropertyAsync<ManagedObjectReference>(group, "parentFolder", cancellationToken).ConfigureAwait(false);
        }

        var (datacenter, path) = await FindDatacenterAsync(client, parent, cancellationToken).ConfigureAwait(false);
        return new EndpointMachine(
            reference,
            machine.Get<string>("name") ?? "",
            machine.Get<string>("config.uuid") ?? "",
            machine.Get<string>("config.files.vmPathName") ?? "",
            parent,
            datacenter,
            path,
            [.. machine.Get<IEnumerable<VirtualDevice>>("config.hardware.device") ?? []]);
    }

    /// <summary>What the card in a PCI slot is plugged into, for the cards of other VMs.</summary>
    public VirtualDeviceBackingInfo BackingOf(int slot)
    {
        var card = Devices.OfType<VirtualEthernetCard>()
            .FirstOrDefault(device => device.SlotInfo is VirtualDevicePciBusSlotInfo info && info.PciSlotNumber == slot)
            ?? throw new InvalidOperationException($"the endpoint VM has no network card in slot {slot}");
        return card.Backing switch
        {
            // The port itself is the endpoint's own.
            VirtualEthernetCardDistributedVirtualPortBackingInfo { Port: { } port } => new VirtualEthernetCardDistributedVirtualPortBackingInfo
            {
                Port = new DistributedVirtualSwitchPortConnection { SwitchUuid = port.SwitchUuid, PortgroupKey = port.PortgroupKey },
            },
            { } backing => backing,
            null => throw new InvalidOperationException($"the endpoint VM's network card in slot {slot} is plugged into nothing"),
        };
    }

    private static async Task<(ManagedObjectReference Datacenter, string Path)> FindDatacenterAsync(
        VimClient client, ManagedObjectReference start, CancellationToken cancellationToken)
    {
        ManagedObjectReference datacenter = default;
        var names = new Stack<string>();
        var current = start;
        for (var depth = 0; depth < DeepestInventory && !current.IsEmpty && current != client.Content.RootFolder; depth++)
        {
            var entity = await client.RetrieveAsync(current, ["name", "parent"], cancellationToken).ConfigureAwait(false);
            if (current.Type == "Datacenter")
            {
                datacenter = current;
            }

            if (!datacenter.IsEmpty)
            {
                // The server escapes these three in names.
                names.Push((entity.Get<string>("name") ?? "").Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
                    .Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal));
            }

            current = entity.Get<ManagedObjectReference>("parent");
        }

        return datacenter.IsEmpty
            ? throw new InvalidOperationException("the endpoint VM is in no datacenter")
            : (datacenter, string.Join('/', names));
    }
}
