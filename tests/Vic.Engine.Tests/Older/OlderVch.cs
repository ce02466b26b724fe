using System.Globalization;
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
    public static async Task CreateAsync(EngineLab lab, bool hasFolder)
    {
        using var client = await lab.ConnectAsync();
        await new OlderVch(lab, client).CreateAsync(hasFolder);
    }

    /// <summary>Removes the volumes, which Remove-VCH keeps.</summary>
    public static void RemoveVolumes(EngineLab lab) => Directory.Delete(lab.PathOf("datastore1", "vols"), recursive: true);

    private async Task CreateAsync(bool hasFolder)
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

        var endpoint = await RunningVch.CreateMachineAsync(_client, folder, pool, Name, []);
        await ConfigureAsync(endpoint, HostKeys(endpoint.Reference, pool, bridge.Reference));
        if (_client.IsVirtualCenter)
        {
            await new AuthorizationManager(_client, _client.Content.AuthorizationManager!.Value).DisableMethodsAsync(
                [endpoint.Reference], [new DisabledMethodRequest { Method = "Destroy_Task", ReasonId = "VIC" }], "VIC", cancellationToken: Token);
        }

        await RunningVch.CreateMachineAsync(_client, folder, pool, $"{ContainerName}-{ContainerId}", Options(ContainerKeys()));
        await WriteFilesAsync(endpoint.Reference);
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
        return AddBuild(keys, "guestinfo.vice./init/version/");
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
    }
}
