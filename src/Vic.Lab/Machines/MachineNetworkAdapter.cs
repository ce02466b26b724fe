namespace Vic.Lab.Machines;

/// <summary>A network adapter.</summary>
/// <param name="Key">The device key.</param>
/// <param name="Kind">The adapter's model.</param>
/// <param name="MacAddress">Its MAC address.</param>
/// <param name="PciSlotNumber">The value of <c>ethernetN.pciSlotNumber</c>: what the guest sees as the PCI slot.</param>
/// <param name="PortGroup">The key of the port group, or null when the adapter has none.</param>
/// <param name="Connected">Whether the link is up.</param>
public sealed record MachineNetworkAdapter(
    int Key, NetworkAdapterKind Kind, string MacAddress, int PciSlotNumber, string? PortGroup, bool Connected);
