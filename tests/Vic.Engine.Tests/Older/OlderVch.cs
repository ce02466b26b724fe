using System.Globalization;
using System.Net;
using Vic.Configuration;
using Vic.Engine.Tests.Labs;
using Vic.Vim25;

namespace Vic.Engine.Tests.Older;

/// <summary>
/// A VCH as vmware/vic 1.5 leaves it, with one container: the keys are those that its own encoder writes, the files lie where it puts them. Nothing of
/// it was made by this product.
/// </summary>
internal sealed class OlderVch
{
    public const string Name = "vch1";
    public const string Version = "v1.5.6-21120-5e8ad27";
    public const string ContainerName = "c1";
    public const string ContainerId = "abc";
    public const string GuestName = "Photon - VCH v1.5.6, 21120, 5e8ad27";
    public const string Password = "pw";
    public static readonly string ApplianceIso = $"[datastore1] {Name}/{Version}-appliance.iso";

    private const int IdeKey = 200;
    private const int BridgeSlot = 224;
    private const string VolumeFolder = "vols/volumes/data";

    private readonly EngineLab _lab;
    private readonly VimClient _client;

    private OlderVch(EngineLab lab, VimClient client)
    {
        _lab = lab;
        _client = client;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="lab">Where.</param>
    /// <param name="hasFolder">Whether it has an inventory folder of its own; those made before 1.4 have none.</param>
    /// <param name="answersAt">Where its Docker API answers without TLS; null for one with TLS, that nobody reaches.</param>
    public static async Task CreateAsync(EngineLab lab, bool hasFolder, IPAddress? answersAt = null)
    {
        using var client = await lab.ConnectAsync();
        await new OlderVch(lab, client).CreateAsync(hasFolder, answersAt);
    }

    /// <summary>Removes the volumes, which Remove-VCH keeps.</summary>
    public static void RemoveVolumes(EngineLab lab) => Directory.Delete(lab.PathOf("datastore1", "vols"), recursive: true);

    private async Task CreateAsync(bool hasFolder, IPAddress? answersAt)
    {
        var site = (await _client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token))[0];
        var compute = (await _client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Token))[0];
        var bridge = (await _client.RetrieveAllAsync("Network", ["name"], cancellationToken: Token)).First(network => network.Get<string>("name") is "bridge" or "VM Network");
        var unlimited = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } };
        var pool = await new ResourcePool(_client, compute.Get<ManagedObjectReference>("resourcePool")).CreateResourcePoolAsync(
            Name, new ResourceConfigSpec { CpuAllocation = unlimited, MemoryAllocation = unlimited }, Token);
        var folder = site.Get<ManagedObjectReference>("vmFolder");
        if (hasFolder)
        {
            folder = await new Folder(_client, folder).CreateFolderAsync(Name, Token);
        }

        var endpoint = await RunningVch.CreateMachineAsync(_client, folder, pool, Name, [], Devices(await BackingAsync(bridge.Reference)));
        var keys = HostKeys(endpoint.Reference, pool, bridge.Reference);
        await ConfigureAsync(endpoint, answersAt is null ? keys : WithoutTls(keys, answersAt));
        var container = await RunningVch.CreateMachineAsync(
            _client, folder, pool, $"{ContainerName}-{ContainerId}", Options(ContainerKeys()), Devices(await BackingAsync(bridge.Reference)));
        if (_client.IsVirtualCenter)
        {
            await new AuthorizationManager(_client, _client.Content.AuthorizationManager!.Value).DisableMethodsAsync(
                [endpoint.Reference, container.Reference], [new DisabledMethodRequest { Method = "Destroy_Task", ReasonId = "VIC" }], "VIC", cancellationToken: Token);
        }

        await WriteFilesAsync(endpoint.Reference);
        await InsertIsoAsync(endpoint);
        await _client.WaitForTaskAsync(await endpoint.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
    }

    private static Dictionary<string, string> HostKeys(ManagedObjectReference endpoint, ManagedObjectReference pool, ManagedObjectReference bridge)
    {
        var keys = Load("virtual-container-host.txt");
        keys["guestinfo.vice./init/common/id"] = endpoint.ToString();
        keys["guestinfo.vice./container/ComputeResources|0/Type"] = pool.Type;
        keys["guestinfo.vice./container/ComputeResources|0/Value"] = pool.Value;
        keys["guestinfo.vice./container/bootstrap_image_path"] = $"[datastore1] {Name}/{Version}-bootstrap.iso";
        keys["guestinfo.vice./network/container_networks"] = "bridge|vmnet";
        foreach (var pair in keys.Where(pair => pair.Key.Contains("container_networks|vmnet", StringComparison.Ordinal)).ToList())
        {
            keys[pair.Key.Replace("|vmnet", "|bridge", StringComparison.Ordinal)] = pair.Value.Replace("vmnet", "bridge", StringComparison.Ordinal);
        }

        keys["guestinfo.vice./network/container_networks|bridge/Common/id"] = bridge.ToString();
        AddServices(keys);
        AddBridge(keys, bridge);
        return AddBuild(keys, "guestinfo.vice./init/version/");
    }

    // The dump has one of the three; the others differ from it in their names and programs, and the Docker side has the proxies.
    private static void AddServices(Dictionary<string, string> keys)
    {
        foreach (var service in new[] { "docker-personality", "vicadmin" })
        {
            foreach (var pair in keys.Where(pair => pair.Key.Contains("sessions|port-layer", StringComparison.Ordinal)).ToList())
            {
                keys[pair.Key.Replace("port-layer", service, StringComparison.Ordinal)] = pair.Value.Replace("port-layer", service, StringComparison.Ordinal);
            }
        }

        keys["guestinfo.vice./init/sessions"] = "docker-personality|port-layer|vicadmin";
        keys["guestinfo.vice./init/sessions|docker-personality/cmd/Env"] = "1";
        keys["guestinfo.vice./init/sessions|docker-personality/cmd/Env~"] = "PATH=/sbin|HTTP_PROXY=http://proxy:3128";
    }

    // Its address is left to the port layer (vmware/vic, lib/install/validate/network.go).
    private static void AddBridge(Dictionary<string, string> keys, ManagedObjectReference bridge)
    {
        foreach (var pair in keys.Where(pair => pair.Key.Contains("init/networks|client", StringComparison.Ordinal)).ToList())
        {
            keys[pair.Key.Replace("|client", "|bridge", StringComparison.Ordinal)] = pair.Value.Replace("client", "bridge", StringComparison.Ordinal);
        }

        keys["guestinfo.vice./init/networks"] = "bridge|client";
        keys["guestinfo.vice./init/networks|bridge/Common/id"] = $"{BridgeSlot}";
        keys["guestinfo.vice./init/networks|bridge/ip/IP"] = Convert.ToBase64String(IPAddress.Any.MapToIPv6().GetAddressBytes());
        keys.Remove("guestinfo.vice./init/networks|bridge/ip/Mask");
        keys["guestinfo.vice./init/networks|bridge/network/Common/id"] = bridge.ToString();
        keys["guestinfo.vice./init/networks|bridge/network/default"] = "false";
    }

    private static Dictionary<string, string> WithoutTls(Dictionary<string, string> keys, IPAddress address)
    {
        foreach (var key in keys.Keys.Where(key => key.StartsWith("guestinfo.vice./cert/", StringComparison.Ordinal)).ToList())
        {
            keys.Remove(key);
        }

        keys["guestinfo.vice./init/networks|client/ip/IP"] = Convert.ToBase64String(address.MapToIPv6().GetAddressBytes());
        return keys;
    }

    private static List<VirtualDeviceConfigSpec> Devices(VirtualDeviceBackingInfo backing) =>
    [
        Add(new VirtualIDEController { Key = IdeKey, BusNumber = 0 }),
        Add(new ParaVirtualSCSIController { Key = -100, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing }),
        Add(new VirtualVmxnet3
        {
            Key = -1,
            AddressType = "generated",
            Backing = backing,
            SlotInfo = new VirtualDevicePciBusSlotInfo { PciSlotNumber = BridgeSlot },
        }),
    ];

    private async Task<VirtualDeviceBackingInfo> BackingAsync(ManagedObjectReference bridge)
    {
        if (bridge.Type != "DistributedVirtualPortgroup")
        {
            return new VirtualEthernetCardNetworkBackingInfo { DeviceName = await _client.GetPropertyAsync<string>(bridge, "name", Token) ?? "", Network = bridge };
        }

        var group = await _client.RetrieveAsync(bridge, ["key", "config.distributedVirtualSwitch"], Token);
        var uuid = await _client.GetPropertyAsync<string>(group.Get<ManagedObjectReference>("config.distributedVirtualSwitch"), "uuid", Token);
        return new VirtualEthernetCardDistributedVirtualPortBackingInfo
        {
            Port = new DistributedVirtualSwitchPortConnection { SwitchUuid = uuid ?? "", PortgroupKey = group.Get<string>("key") },
        };
    }

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private async Task InsertIsoAsync(VirtualMachine endpoint)
    {
        var drive = new VirtualCdrom
        {
            Key = -10,
            ControllerKey = IdeKey,
            UnitNumber = 0,
            Backing = new VirtualCdromIsoBackingInfo { FileName = ApplianceIso },
            Connectable = new VirtualDeviceConnectInfo { StartConnected = true, Connected = true, AllowGuestControl = true },
        };
        var spec = new VirtualMachineConfigSpec { AlternateGuestName = GuestName, DeviceChange = [Add(drive)] };
        await _client.WaitForTaskAsync(await endpoint.ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
    }

    private static Dictionary<string, string> ContainerKeys() => AddBuild(Load("container.txt"), "guestinfo.vice./version/");

    private static Dictionary<string, string> AddBuild(Dictionary<string, string> keys, string prefix)
    {
        var parts = Version.Split('-');
        keys[prefix + "Version"] = parts[0];
        keys[prefix + "BuildNumber"] = parts[1];
        keys[prefix + "GitCommit"] = parts[2];
        keys[prefix + "PluginVersion"] = "10";
        return keys;
    }

    private static Dictionary<string, string> Load(string name)
    {
        using var stream = typeof(OlderVch).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(" = ", 2);
            if (!parts[0].EndsWith("@non-persistent", StringComparison.Ordinal))
            {
                keys.Add(parts[0], parts[1][1..^1]);
            }
        }

        return keys;
    }

    private static List<OptionValue> Options(Dictionary<string, string> keys)
    {
        var secret = SecretKey.Generate();
        return
        [
            .. keys.Select(pair => new OptionValue
            {
                Key = pair.Key,
                Value = GuestInfoText.Escape(pair.Key.EndsWith("@secret", StringComparison.Ordinal) ? secret.Seal(pair.Value) : pair.Value),
            }),
            new OptionValue { Key = GuestInfoKey.SecretKeyName, Value = secret.Export() },
        ];
    }

    private async Task ConfigureAsync(VirtualMachine machine, Dictionary<string, string> keys)
    {
        var task = await machine.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { ExtraConfig = Options(keys) }, Token);
        await _client.WaitForTaskAsync(task, cancellationToken: Token);
    }

    private async Task WriteFilesAsync(ManagedObjectReference endpoint)
    {
        var uuid = await _client.GetPropertyAsync<string>(endpoint, "config.uuid", Token);
        var layer = string.Create(CultureInfo.InvariantCulture, $"{Name}/VIC/{uuid}/images/{new string('1', 64)}");
        string[] files =
        [
            $"{layer}/{new string('1', 64)}.vmdk", $"{layer}/imageMetadata/metaData", $"{layer}/manifest", $"{Name}/VIC/{uuid}/images/scratch/scratch.vmdk",
            $"{Name}/kvStores/apiKV.dat", $"{Name}/kvStores/network.contexts.default.dat", $"{Name}/{Version}-bootstrap.iso", $"{Name}/{Version}-appliance.iso",
            $"{Name}/vic-machine_20190101T000000Z_create_1.log", $"{VolumeFolder}/data.vmdk", $"{VolumeFolder}/imageMetadata/DockerMetaData",
        ];
        foreach (var file in files)
        {
            var path = _lab.PathOf("datastore1", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file, Token);
        }

        foreach (var iso in files.Where(file => file.EndsWith(".iso", StringComparison.Ordinal)))
        {
            TestIso.WriteOf(_lab.PathOf("datastore1", iso), $"VMware Inc. {Version}");
        }
    }
}
