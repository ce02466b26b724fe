using System.Globalization;

namespace Vic.Lab.Machines.Qemu;

/// <summary>The sockets and files of one running machine, in its directory.</summary>
internal sealed record QemuSockets(string Directory)
{
    public string Control => Path.Combine(Directory, "qmp.sock");

    public string GuestRpc => Path.Combine(Directory, "guestrpc.sock");

    public string ProcessIdFile => Path.Combine(Directory, "qemu.pid");

    public string Adapter(int key) => Path.Combine(Directory, string.Create(CultureInfo.InvariantCulture, $"net{key}.sock"));

    public string Serial(int key) => Path.Combine(Directory, string.Create(CultureInfo.InvariantCulture, $"com{key}.sock"));

    public string Overlay(int key) => Path.Combine(Directory, string.Create(CultureInfo.InvariantCulture, $"disk{key}.qcow2"));
}
