using System.Globalization;

namespace Vic.Guest.Network;

/// <summary>A network card of the machine.</summary>
/// <param name="Name">The kernel's name of the link.</param>
/// <param name="Index">The kernel's number of the link.</param>
/// <param name="HardwareAddress">Its six-byte MAC address.</param>
public sealed record NetworkLink(string Name, int Index, byte[] HardwareAddress)
{
    /// <summary>
    /// The card in a PCI slot; null while there is none. vSphere's <c>ethernetN.pciSlotNumber</c> is the slot's number, and the
    /// kernel shows the slot's address in sysfs.
    /// </summary>
    public static NetworkLink? FindBySlot(int slot, string sysfs = "/sys")
    {
        var file = Path.Combine(sysfs, "bus/pci/slots", slot.ToString(CultureInfo.InvariantCulture), "address");
        if (!File.Exists(file))
            return null;

        // The slot's address has no function; the card's folder ends with ".0".
        var folder = Path.Combine(sysfs, "bus/pci/devices", File.ReadAllText(file).Trim() + ".0", "net");
        return Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder).Select(entry => Read(Path.GetFileName(entry), sysfs)).FirstOrDefault()
            : null;
    }

    /// <summary>The link of that name, or null.</summary>
    public static NetworkLink? FindByName(string name, string sysfs = "/sys") =>
        Directory.Exists(Path.Combine(sysfs, "class/net", name)) ? Read(name, sysfs) : null;

    private static NetworkLink Read(string name, string sysfs)
    {
        var folder = Path.Combine(sysfs, "class/net", name);
        var index = int.Parse(File.ReadAllText(Path.Combine(folder, "ifindex")), CultureInfo.InvariantCulture);
        var address = Convert.FromHexString(File.ReadAllText(Path.Combine(folder, "address")).Trim().Replace(":", string.Empty, StringComparison.Ordinal));
        return new NetworkLink(name, index, address);
    }
}
