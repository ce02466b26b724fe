using System.Globalization;

namespace Vic.Lab.Machines.Qemu;

/// <summary>The names that devices of a machine have in its QEMU process.</summary>
internal static class QemuNames
{
    public const string GuestRpc = "guestrpc";

    public static string Controller(int busNumber) => "scsi" + Text(busNumber);

    public static string Disk(int key) => "disk" + Text(key);

    public static string DiskNode(int key) => "disknode" + Text(key);

    public static string CdRom(int key) => "cdrom" + Text(key);

    public static string CdRomNode(int key) => "cdromnode" + Text(key);

    public static string Adapter(int key) => "nic" + Text(key);

    public static string AdapterBackend(int key) => "net" + Text(key);

    public static string RootPort(int key) => "port" + Text(key);

    public static string Serial(int key) => "serial" + Text(key);

    public static string SerialBackend(int key) => "com" + Text(key);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
