using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>
/// The .vmx file: lines of <c>key = "value"</c>, quotes and control characters written as <c>|22</c> with two hexadecimal digits, as VMware does.
/// </summary>
internal static partial class VmxFile
{
    private static readonly FrozenSet<string> OwnKeys = new[]
    {
        ".encoding", "config.version", "virtualHW.version", "displayName", "guestOS", "guestOSAltName", "annotation", "firmware",
        "cpuid.coresPerSocket", "mem.hotadd", "vcpu.hotadd", "memSize", "numvcpus", "uuid.bios", "vc.uuid",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Render(VirtualMachineConfigInfo config, IReadOnlyDictionary<string, string> hidden)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Hardware(config))
        {
            lines[key] = value;
        }

        foreach (var option in config.ExtraConfig ?? [])
        {
            lines[option.Key] = Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        foreach (var (key, value) in hidden)
        {
            lines[key] = value;
        }

        var text = new StringBuilder(".encoding = \"UTF-8\"\n");
        string[] keys = [.. lines.Keys];
        Array.Sort(keys, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            text.Append(key).Append(" = \"").Append(Escape(lines[key])).Append("\"\n");
        }

        return text.ToString();
    }

    /// <summary>Reads the keys of a .vmx file; lines that are no assignments are skipped.</summary>
    public static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                continue;
            }

            var value = line[(equals + 1)..].Trim();
            if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
            {
                values[line[..equals].Trim()] = Unescape(value[1..^1]);
            }
        }

        return values;
    }

    /// <summary>Whether a key describes hardware, and is no variable.</summary>
    public static bool IsHardware(string key) => OwnKeys.Contains(key) || DeviceKey().IsMatch(key);

    private static IEnumerable<(string Key, string Value)> Hardware(VirtualMachineConfigInfo config)
    {
        yield return ("config.version", "8");
        yield return ("virtualHW.version", config.Version.Replace("vmx-", string.Empty, StringComparison.Ordinal));
        yield return ("displayName", config.Name);
        yield return ("guestOS", config.GuestId);
        yield return ("guestOSAltName", config.AlternateGuestName);
        yield return ("annotation", config.Annotation ?? string.Empty);
        yield return ("firmware", config.Firmware ?? "bios");
        yield return ("cpuid.coresPerSocket", Text(config.Hardware.NumCoresPerSocket ?? 1));
        yield return ("mem.hotadd", Flag(config.MemoryHotAddEnabled == true));
        yield return ("vcpu.hotadd", Flag(config.CpuHotAddEnabled == true));
        yield return ("memSize", Text(config.Hardware.MemoryMB));
        yield return ("numvcpus", Text(config.Hardware.NumCPU));
        yield return ("uuid.bios", config.Uuid);
        yield return ("vc.uuid", config.InstanceUuid ?? string.Empty);
        var devices = config.Hardware.Device ?? [];
        var home = DatastorePath.TryParse(config.Files.VmPathName, out var vmx) ? vmx.Parent + "/" : string.Empty;
        foreach (var device in devices)
        {
            foreach (var line in Device(devices, device, home))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Device(List<VirtualDevice> devices, VirtualDevice device, string home)
    {
        switch (device)
        {
            case VirtualSCSIController controller:
                yield return ($"scsi{Text(controller.BusNumber)}.present", "TRUE");
                yield return ($"scsi{Text(controller.BusNumber)}.virtualDev", ScsiModel(controller));
                break;
            case VirtualSATAController controller:
                yield return ($"sata{Text(controller.BusNumber)}.present", "TRUE");
                break;
            case VirtualNVMEController controller:
                yield return ($"nvme{Text(controller.BusNumber)}.present", "TRUE");
                break;
            case VirtualDisk { Backing: VirtualDiskFlatVer2BackingInfo backing }:
                yield return ($"{Node(devices, device)}.present", "TRUE");
                yield return ($"{Node(devices, device)}.deviceType", "scsi-hardDisk");
                yield return ($"{Node(devices, device)}.fileName", Near(backing.FileName, home));
                yield return ($"{Node(devices, device)}.mode", backing.DiskMode);
                break;
            case VirtualCdrom { Backing: VirtualCdromIsoBackingInfo iso }:
                yield return ($"{Node(devices, device)}.present", "TRUE");
                yield return ($"{Node(devices, device)}.deviceType", "cdrom-image");
                yield return ($"{Node(devices, device)}.fileName", Near(iso.FileName, home));
                yield return ($"{Node(devices, device)}.startConnected", Flag(StartsConnected(device)));
                break;
            case VirtualCdrom:
                yield return ($"{Node(devices, device)}.present", "TRUE");
                yield return ($"{Node(devices, device)}.deviceType", "cdrom-raw");
                yield return ($"{Node(devices, device)}.startConnected", Flag(StartsConnected(device)));
                break;
            case VirtualEthernetCard card:
                var ethernet = $"ethernet{Text((card.UnitNumber ?? DeviceKeys.FirstAdapterUnit) - DeviceKeys.FirstAdapterUnit)}";
                yield return ($"{ethernet}.present", "TRUE");
                yield return ($"{ethernet}.virtualDev", card is VirtualE1000e ? "e1000e" : card is VirtualE1000 ? "e1000" : "vmxnet3");
                yield return ($"{ethernet}.address", card.MacAddress ?? string.Empty);
                yield return ($"{ethernet}.addressType", card.AddressType ?? "assigned");
                yield return ($"{ethernet}.startConnected", Flag(StartsConnected(device)));
                if (card.Backing is VirtualEthernetCardDistributedVirtualPortBackingInfo distributed)
                {
                    yield return ($"{ethernet}.dvs.portgroupId", distributed.Port.PortgroupKey ?? string.Empty);
                    yield return ($"{ethernet}.dvs.switchId", distributed.Port.SwitchUuid);
                }
                else
                {
                    yield return ($"{ethernet}.networkName", (card.Backing as VirtualDeviceDeviceBackingInfo)?.DeviceName ?? string.Empty);
                }

                break;
            case VirtualSerialPort port:
                var serial = $"serial{Text(port.UnitNumber ?? 0)}";
                yield return ($"{serial}.present", "TRUE");
                yield return ($"{serial}.startConnected", Flag(StartsConnected(device)));
                yield return ($"{serial}.yieldOnMsrRead", Flag(port.YieldOnPoll));
                foreach (var (key, value) in SerialBacking(port.Backing, home))
                {
                    yield return ($"{serial}.{key}", value);
                }

                break;
        }
    }

    private static IEnumerable<(string Key, string Value)> SerialBacking(VirtualDeviceBackingInfo? backing, string home) => backing switch
    {
        VirtualDeviceURIBackingInfo uri =>
        [
            ("fileType", "network"), ("fileName", uri.ServiceURI), ("network.endPoint", uri.Direction), ("vspc", uri.ProxyURI ?? string.Empty),
        ],
        VirtualDeviceFileBackingInfo file => [("fileType", "file"), ("fileName", Near(file.FileName, home))],
        VirtualDeviceDeviceBackingInfo device => [("fileType", "device"), ("fileName", device.DeviceName)],
        _ => [("fileType", "device")],
    };

    private static string ScsiModel(VirtualSCSIController controller) => controller switch
    {
        ParaVirtualSCSIController => "pvscsi",
        VirtualLsiLogicSASController => "lsisas1068",
        VirtualBusLogicController => "buslogic",
        _ => "lsilogic",
    };

    /// <summary>A file in the machine's own directory goes by its name alone, so that the directory may move.</summary>
    private static string Near(string path, string home)
        => home.Length > 0 && path.StartsWith(home, StringComparison.Ordinal) && path.IndexOf('/', home.Length) < 0 ? path[home.Length..] : path;

    private static bool StartsConnected(VirtualDevice device) => device.Connectable?.StartConnected ?? true;

    private static string Flag(bool value) => value ? "TRUE" : "FALSE";

    private static string Node(List<VirtualDevice> devices, VirtualDevice device)
    {
        var controller = devices.OfType<VirtualController>().FirstOrDefault(candidate => candidate.Key == device.ControllerKey);
        var bus = controller switch
        {
            VirtualIDEController => "ide",
            VirtualSATAController => "sata",
            VirtualNVMEController => "nvme",
            _ => "scsi",
        };
        return $"{bus}{Text(controller?.BusNumber ?? 0)}:{Text(device.UnitNumber ?? 0)}";
    }

    public static string Escape(string value)
    {
        if (!value.AsSpan().ContainsAny("\"|\n\r\t"))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var character in value)
        {
            _ = character is '"' or '|' || char.IsControl(character)
                ? text.Append('|').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture))
                : text.Append(character);
        }

        return text.ToString();
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('|', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '|'
                && index + 2 < value.Length
                && byte.TryParse(value.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                index += 2;
            }
            else
            {
                text.Append(value[index]);
            }
        }

        return text.ToString();
    }

    /// <summary>The keys that <see cref="Device"/> writes; the slot of an adapter is a variable.</summary>
    [GeneratedRegex(
        @"^((scsi|sata|nvme|ide)\d(:\d+)?|ethernet\d+|serial\d+)\."
        + @"(present|virtualDev|deviceType|fileName|fileType|mode|address|addressType|startConnected|networkName|dvs\.\w+|network\.endPoint|vspc|yieldOnMsrRead)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex DeviceKey();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
