using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class HostNetworkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Port_groups_of_one_name_on_several_hosts_are_one_network()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await HostAsync(lab, "esx1.lab.local"), await HostAsync(lab, "esx2.lab.local"));
        await AddAsync(first, "vSwitch1", "shared");
        await AddAsync(second, "vSwitch1", "shared");

        var network = await lab.FindAsync("Network", "shared");
        Assert.Equal(2, (await lab.ReadAsync<List<ManagedObjectReference>>(network, "host"))!.Count);
        var folder = await lab.ReadAsync<ManagedObjectReference>(await lab.FindAsync("Datacenter"), "networkFolder");
        Assert.Contains(network, (await lab.ReadAsync<List<ManagedObjectReference>>(folder, "childEntity"))!);

        await first.Network.RemovePortGroupAsync("shared", Token);

        Assert.Equal([second.Host], await lab.ReadAsync<List<ManagedObjectReference>>(network, "host"));
        await second.Network.RemovePortGroupAsync("shared", Token);
        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => lab.ReadAsync<string>(network, "name"));
    }

    [Fact]
    public async Task The_network_system_and_the_hosts_configuration_show_the_same_switch()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await HostAsync(lab, "esx1.lab.local");

        await AddAsync(host, "vSwitch1", "inside");

        var shown = await lab.ReadAsync<HostNetworkInfo>(host.Host, "config.network");
        var system = await lab.ReadAsync<HostNetworkInfo>(host.Network.Reference, "networkInfo");
        Assert.Equal(["key-vim.host.PortGroup-inside"], system!.Vswitch!.Single().Portgroup);
        Assert.Equal(["key-vim.host.PortGroup-inside"], shown!.Vswitch!.Single().Portgroup);
        Assert.Equal("key-vim.host.VirtualSwitch-vSwitch1", shown.Portgroup!.Single().Vswitch);
    }

    [Fact]
    public async Task Names_that_are_taken_missing_or_wrong_are_refused_with_their_faults()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await HostAsync(lab, "esx1.lab.local");
        await AddAsync(host, "vSwitch1", "inside");

        await ConnectedLab.FaultOfAsync<AlreadyExists>(() => host.Network.AddVirtualSwitchAsync("vSwitch1", null, Token));
        await ConnectedLab.FaultOfAsync<AlreadyExists>(() => host.Network.AddPortGroupAsync(Group("vSwitch1", "inside"), Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => host.Network.AddPortGroupAsync(Group("vSwitch9", "other"), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => host.Network.AddPortGroupAsync(Group("vSwitch1", "other", 4096), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => host.Network.AddVirtualSwitchAsync(new string('s', 33), null, Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => host.Network.RemovePortGroupAsync("other", Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => host.Network.RemoveVirtualSwitchAsync("vSwitch9", Token));
    }

    [Fact]
    public async Task What_a_machine_is_connected_to_cannot_be_removed()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = InventoryModel.Esx });
        var host = await HostAsync(lab, "localhost.localdomain");
        await AddAsync(host, "vSwitch1", "inside");
        var machine = await lab.CreateMachineAsync("machine", change: spec => spec.DeviceChange =
        [
            new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Add,
                Device = new VirtualVmxnet3 { Key = -1, Backing = new VirtualEthernetCardNetworkBackingInfo { DeviceName = "inside" } },
            },
        ]);

        var fault = await ConnectedLab.FaultOfAsync<ResourceInUse>(() => host.Network.RemovePortGroupAsync("inside", Token));
        Assert.Equal("inside", fault.Name);
        await ConnectedLab.FaultOfAsync<ResourceInUse>(() => host.Network.RemoveVirtualSwitchAsync("vSwitch1", Token));

        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        await host.Network.RemoveVirtualSwitchAsync("vSwitch1", Token);
        Assert.DoesNotContain("inside", (await lab.Client.RetrieveAllAsync("Network", ["name"], cancellationToken: Token)).Select(network => network.Get<string>("name")));
    }

    [Fact]
    public async Task A_physical_adapter_belongs_to_one_switch()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = InventoryModel.Esx });
        var host = await HostAsync(lab, "localhost.localdomain");

        await ConnectedLab.FaultOfAsync<ResourceInUse>(() => host.Network.AddVirtualSwitchAsync("vSwitch1", Bond("vmnic0"), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => host.Network.AddVirtualSwitchAsync("vSwitch1", Bond("vmnic7"), Token));
        await host.Network.AddVirtualSwitchAsync("vSwitch1", Bond("vmnic1"), Token);

        var info = await lab.ReadAsync<HostNetworkInfo>(host.Host, "config.network");
        Assert.Equal(["key-vim.host.PhysicalNic-vmnic1"], info!.Vswitch!.Single(vswitch => vswitch.Name == "vSwitch1").Pnic);
    }

    [Fact]
    public async Task A_port_group_gets_another_vlan_and_moves_to_another_switch()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await HostAsync(lab, "esx1.lab.local");
        await AddAsync(host, "vSwitch1", "inside");
        await host.Network.AddVirtualSwitchAsync("vSwitch2", null, Token);

        await host.Network.UpdatePortGroupAsync("inside", Group("vSwitch2", "inside", 42), Token);

        var info = await lab.ReadAsync<HostNetworkInfo>(host.Host, "config.network");
        Assert.Equal(42, info!.Portgroup!.Single().Spec.VlanId);
        Assert.Equal([0, 1], info.Vswitch!.Select(vswitch => vswitch.Portgroup?.Count ?? 0));
    }

    private static async Task<(ManagedObjectReference Host, HostNetworkSystem Network)> HostAsync(ConnectedLab lab, string name)
    {
        var host = await lab.FindAsync("HostSystem", name);
        return (host, new HostNetworkSystem(lab.Client, await lab.ReadAsync<ManagedObjectReference>(host, "configManager.networkSystem")));
    }

    private static async Task AddAsync((ManagedObjectReference Host, HostNetworkSystem Network) host, string vswitch, string group)
    {
        await host.Network.AddVirtualSwitchAsync(vswitch, new HostVirtualSwitchSpec { NumPorts = 64 }, Token);
        await host.Network.AddPortGroupAsync(Group(vswitch, group), Token);
    }

    private static HostPortGroupSpec Group(string vswitch, string name, int vlan = 0)
        => new() { Name = name, VlanId = vlan, VswitchName = vswitch, Policy = new HostNetworkPolicy() };

    private static HostVirtualSwitchSpec Bond(string device)
        => new() { NumPorts = 64, Bridge = new HostVirtualSwitchBondBridge { NicDevice = [device] } };
}
