using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>What an administrator has made in a vCenter before a VCH is deployed.</summary>
internal static class SiteParts
{
    /// <summary>A distributed port group on the switch that the lab has.</summary>
    public static async Task AddPortGroupAsync(VimClient client, string name, CancellationToken cancellationToken)
    {
        var networkSwitch = (await client.RetrieveAllAsync("DistributedVirtualSwitch", ["name"], cancellationToken: cancellationToken))[0].Reference;
        var task = await new DistributedVirtualSwitch(client, networkSwitch).AddDVPortgroupTaskAsync(
            [new DVPortgroupConfigSpec { Name = name, Type = "earlyBinding", NumPorts = 8 }], cancellationToken);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
    }

    /// <summary>A standard port group, on a switch of its own, of one host.</summary>
    public static async Task AddHostPortGroupAsync(VimClient client, string name, CancellationToken cancellationToken)
    {
        var host = (await client.RetrieveAllAsync("HostSystem", ["configManager.networkSystem"], cancellationToken: cancellationToken))[0];
        var network = new HostNetworkSystem(client, host.Get<ManagedObjectReference>("configManager.networkSystem"));
        await network.AddVirtualSwitchAsync(name, new HostVirtualSwitchSpec { NumPorts = 8 }, cancellationToken);
        await network.AddPortGroupAsync(
            new HostPortGroupSpec { Name = name, VlanId = 0, VswitchName = name, Policy = new HostNetworkPolicy() }, cancellationToken);
    }

    /// <summary>A DRS group without a machine of a VCH: of one that is off.</summary>
    public static async Task AddVmGroupAsync(VimClient client, string name, CancellationToken cancellationToken)
    {
        var cluster = (await client.RetrieveAllAsync("ClusterComputeResource", ["resourcePool"], cancellationToken: cancellationToken)).Single();
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: cancellationToken)).Single();
        var machine = await RunningVch.CreateMachineAsync(
            client, datacenter.Get<ManagedObjectReference>("vmFolder"), cluster.Get<ManagedObjectReference>("resourcePool"), $"member of {name}", []);
        var change = new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterVmGroup { Name = name, Vm = [machine.Reference] } };
        var task = await new ComputeResource(client, cluster.Reference).ReconfigureComputeResourceTaskAsync(
            new ClusterConfigSpecEx { GroupSpec = [change] }, modify: true, cancellationToken);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
    }

    /// <summary>A virtual disk of 64 MB on the first datastore.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="client">A session.</param>
    /// <param name="path">The disk's file below the datastore's root; folders are made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task CreateDiskAsync(EngineLab lab, VimClient client, string path, CancellationToken cancellationToken)
    {
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["name"], cancellationToken: cancellationToken)).Single().Reference;
        Directory.CreateDirectory(Path.GetDirectoryName(lab.PathOf("datastore1", path))!);
        var spec = new FileBackedVirtualDiskSpec { DiskType = "thin", AdapterType = "lsiLogic", CapacityKb = 64 << 10 };
        var task = await new VirtualDiskManager(client, client.Content.VirtualDiskManager!.Value)
            .CreateVirtualDiskTaskAsync($"[datastore1] {path}", spec, datacenter, cancellationToken);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
    }
}
