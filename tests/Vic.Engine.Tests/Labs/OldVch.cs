using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>The endpoint VM of a VCH with keys as vic-machine 1.5 writes them, character for character.</summary>
internal static class OldVch
{
    private const string Prefix = "guestinfo.vice./";

    public static async Task<VchInfo> CreateAsync(VimClient client, string name, CancellationToken cancellationToken)
    {
        var cluster = (await client.RetrieveAllAsync("ClusterComputeResource", ["resourcePool"], cancellationToken: cancellationToken)).Single();
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: cancellationToken)).Single();
        var allocation = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } };
        var pool = await new ResourcePool(client, cluster.Get<ManagedObjectReference>("resourcePool")).CreateResourcePoolAsync(
            name, new ResourceConfigSpec { CpuAllocation = allocation, MemoryAllocation = allocation }, cancellationToken);
        var machine = await RunningVch.CreateMachineAsync(client, datacenter.Get<ManagedObjectReference>("vmFolder"), pool, name, []);
        var networks = await client.RetrieveAllAsync("Network", ["name"], cancellationToken: cancellationToken);
        var keys = Keys(
            name,
            machine.Reference,
            networks.First(network => network.Get<string>("name") == "VM Network").Reference,
            networks.First(network => network.Get<string>("name") == "bridge").Reference);
        var task = await machine.ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { ExtraConfig = [.. keys.Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value })] }, cancellationToken);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
        return (await new VchInventory(client).ListAsync(Quiet.Instance, cancellationToken)).Single(vch => vch.Reference == machine.Reference);
    }

    private static IEnumerable<KeyValuePair<string, string>> Keys(
        string name, ManagedObjectReference machine, ManagedObjectReference external, ManagedObjectReference bridge) =>
        Own(name, machine, external, bridge).Concat(new[] { "client", "management", "public" }.SelectMany(role => Role(role, external)));

    private static Dictionary<string, string> Own(string name, ManagedObjectReference machine, ManagedObjectReference external, ManagedObjectReference bridge) => new()
    {
        ["init/common/name"] = name,
        [$"{Prefix}init/common/id"] = machine.ToString(),
        [$"{Prefix}init/diagnostics/debug"] = "1",
        [$"{Prefix}init/networks"] = "client|management|public",
        [$"{Prefix}init/sessions"] = "docker-personality",
        [$"{Prefix}init/sessions|docker-personality/cmd/Env"] = "2",
        [$"{Prefix}init/sessions|docker-personality/cmd/Env~"] = "PATH=/sbin|GOTRACEBACK=all|HTTP_PROXY=http://proxy:3128",
        [$"{Prefix}connect/target"] = "https://vc/sdk",
        [$"{Prefix}connect/username"] = "ops",
        [$"{Prefix}container/ContainerNameConvention"] = "{name}-{id}",
        [$"{Prefix}container/container_count"] = "0",
        [$"{Prefix}container/UseVMGroup"] = "false",
        [$"{Prefix}network/bridge-ip-range/IP"] = "rBAAAA==",
        [$"{Prefix}network/bridge-ip-range/Mask"] = "//AAAA==",
        [$"{Prefix}network/bridge-net-width"] = "//8AAA==",
        [$"{Prefix}network/bridge_network"] = "bridge",
        [$"{Prefix}network/container_networks"] = "bridge|vmnet",
        [$"{Prefix}network/container_networks|bridge/Common/id"] = bridge.ToString(),
        [$"{Prefix}network/container_networks|bridge/Common/name"] = "bridge",
        [$"{Prefix}network/container_networks|vmnet/Common/id"] = external.ToString(),
        [$"{Prefix}network/container_networks|vmnet/Common/name"] = "vmnet",
        [$"{Prefix}network/container_networks|vmnet/TrustLevel"] = "2",
        [$"{Prefix}network/container_networks|vmnet/dns"] = "0",
        [$"{Prefix}network/container_networks|vmnet/dns|0"] = "AAAAAAAAAAAAAP//CAgICA==",
        [$"{Prefix}network/container_networks|vmnet/gateway/IP"] = "AAAAAAAAAAAAAP//CgAAAQ==",
        [$"{Prefix}network/container_networks|vmnet/gateway/Mask"] = "////AA==",
        [$"{Prefix}network/container_networks|vmnet/pools"] = "0",
        [$"{Prefix}network/container_networks|vmnet/pools|0/first"] = "AAAAAAAAAAAAAP//CgAACg==",
        [$"{Prefix}network/container_networks|vmnet/pools|0/last"] = "AAAAAAAAAAAAAP//CgAAFA==",
        [$"{Prefix}registry/insecure_registries"] = "1",
        [$"{Prefix}registry/insecure_registries~"] = "a:5000|b",
        [$"{Prefix}storage/VolumeLocations"] = "default",
        [$"{Prefix}storage/VolumeLocations|default/Host"] = "datastore1",
        [$"{Prefix}storage/VolumeLocations|default/Path"] = "/vols",
        [$"{Prefix}storage/VolumeLocations|default/Scheme"] = "ds",
        [$"{Prefix}storage/image_stores"] = "0",
        [$"{Prefix}storage/image_stores|0/Host"] = "datastore1",
        [$"{Prefix}storage/image_stores|0/Path"] = $"/{name}",
        [$"{Prefix}storage/image_stores|0/Scheme"] = "ds",
        [$"{Prefix}storage/scratch_size"] = "8000000",
        [$"{Prefix}storage/storage_quota"] = "0",
    };

    // Roles on one port group share a card, and with it the address.
    private static Dictionary<string, string> Role(string role, ManagedObjectReference network) => new()
    {
        [$"{Prefix}init/networks|{role}/Common/id"] = "192",
        [$"{Prefix}init/networks|{role}/Common/name"] = role,
        [$"{Prefix}init/networks|{role}/ip/IP"] = "AAAAAAAAAAAAAP//CgAAAQ==",
        [$"{Prefix}init/networks|{role}/ip/Mask"] = "////AA==",
        [$"{Prefix}init/networks|{role}/network/Common/id"] = network.ToString(),
        [$"{Prefix}init/networks|{role}/static"] = "true",
    };
}
