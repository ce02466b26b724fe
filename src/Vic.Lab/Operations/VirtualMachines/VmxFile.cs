using System.Globalization;
using System.Text;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>
/// The .vmx file: lines of <c>key = "value"</c>, quotes and control characters written as <c>|22</c> with two hexadecimal digits, as VMware does.
/// </summary>
internal static class VmxFile
{
    public static string Render(VirtualMachineConfigInfo config, IReadOnlyDictionary<string, string> hidden)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
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
        foreach (var (key, value) in lines)
        {
            text.Append(key).Append(" = \"").Append(Escape(value)).Append("\"\n");
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

    private static IEnumerable<(string Key, string Value)> Hardware(VirtualMachineConfigInfo config)
    {
        yield return ("config.version", "8");
        yield return ("virtualHW.version", config.Version.Replace("vmx-", string.Empty, StringComparison.Ordinal));
        yield return ("displayName", config.Name);
        yield return ("guestOS", config.GuestId);
        yield return ("guestOSAltName", config.AlternateGuestName);
        yield return ("memSize", Text(config.Hardware.MemoryMB));
        yield return ("numvcpus", Text(config.Hardware.NumCPU));
        yield return ("uuid.bios", config.Uuid);
        yield return ("vc.uuid", config.InstanceUuid ?? string.Empty);
        var devices = config.Hardware.Device ?? [];
        foreach (var device in devices)
        {
            foreach (var line in Device(devices, device))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Device(List<VirtualDevice> devices, VirtualDevice device)
    {
        switch (device)
        {
            case VirtualSCSIController controller:
                yield return ($"scsi{Text(controller.BusNumber)}.present", "TRUE");
                yield return ($"scsi{Text(controller.BusNumber)}.virtualDev", controller is ParaVirtualSCSIController ? "pvscsi" : "lsilogic");
                break;
            case VirtualDisk { Backing: VirtualDiskFlatVer2BackingInfo backing }:
                yield return ($"{Node(devices, device)}.present", "TRUE");
                yield return ($"{Node(devices, device)}.deviceType", "scsi-hardDisk");
                yield return ($"{Node(devices, device)}.fileName", backing.FileName);
                yield return ($"{Node(devices, device)}.mode", backing.DiskMode);
                break;
            case VirtualCdrom { Backing: VirtualCdromIsoBackingInfo iso }:
                yield return ($"{Node(devices, device)}.present", "TRUE");
                yield return ($"{Node(devices, device)}.deviceType", "cdrom-image");
                yield return ($"{Node(devices, device)}.fileName", iso.FileName);
                break;
            case VirtualEthernetCard card:
                var ethernet = $"ethernet{Text((card.UnitNumber ?? DeviceKeys.FirstAdapterUnit) - DeviceKeys.FirstAdapterUnit)}";
                yield return ($"{ethernet}.present", "TRUE");
                yield return ($"{ethernet}.virtualDev", card is VirtualE1000e ? "e1000e" : card is VirtualE1000 ? "e1000" : "vmxnet3");
                yield return ($"{ethernet}.address", card.MacAddress ?? string.Empty);
                yield return card.Backing is VirtualEthernetCardDistributedVirtualPortBackingInfo distributed
                    ? ($"{ethernet}.dvs.portgroupId", distributed.Port.PortgroupKey ?? string.Empty)
                    : ($"{ethernet}.networkName", (card.Backing as VirtualDeviceDeviceBackingInfo)?.DeviceName ?? string.Empty);
                break;
            case VirtualSerialPort port:
                var serial = $"serial{Text(port.UnitNumber ?? 0)}";
                yield return ($"{serial}.present", "TRUE");
                yield return port.Backing switch
                {
                    VirtualDeviceURIBackingInfo uri => ($"{serial}.fileName", uri.ServiceURI),
                    VirtualDeviceFileBackingInfo file => ($"{serial}.fileName", file.FileName),
                    _ => ($"{serial}.fileType", "device"),
                };
                break;
        }
    }

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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
