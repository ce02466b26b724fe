using Vic.Configuration;
using Vic.Engine.Containers;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Containers;

/// <summary>Containers are started and stopped through vSphere alone.</summary>
public sealed class ContainerPowerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_guest_is_asked_to_stop_and_told_how_long_it_has(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        var container = await lab.ContainerAsync();
        await using var guest = await ScriptedContainer.StartAsync(lab.Lab, container.Reference);

        var stopped = await new ContainerPower(lab.Client).StopAsync(container, TimeSpan.FromSeconds(45), kill: false, Quiet.Instance, Token);

        Assert.Equal("PoweredOff", stopped!.PowerState);
        Assert.Equal("45", guest.Grace);
    }

    [Fact]
    public async Task Without_a_timeout_the_guest_has_what_its_container_was_created_with()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await lab.CreateAsync("patient", 'd', configuration => configuration.Sessions.Values.Single().StopTimeout = 77);
        await new ContainerPower(lab.Client).StartAsync(container, Quiet.Instance, Token);
        await using var guest = await ScriptedContainer.StartAsync(lab.Lab, container.Reference);

        await new ContainerPower(lab.Client).StopAsync(container, timeout: null, kill: false, Quiet.Instance, Token);

        Assert.Equal("77", guest.Grace);
    }

    [Fact]
    public async Task A_guest_that_does_not_end_in_time_or_cannot_be_asked_is_powered_off_with_a_warning()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var power = new ContainerPower(lab.Client);
        var container = await lab.ContainerAsync();
        var deaf = new Warnings();
        await using (await ScriptedContainer.StartAsync(lab.Lab, container.Reference, ends: false))
        {
            Assert.Equal("PoweredOff", (await power.StopAsync(container, TimeSpan.Zero, kill: false, deaf, Token))!.PowerState);
        }

        await power.StartAsync(container, Quiet.Instance, Token);
        var mute = new Warnings();
        Assert.Equal("PoweredOff", (await power.StopAsync(container, TimeSpan.Zero, kill: false, mute, Token))!.PowerState);

        Assert.Contains("'lively' did not end within 0 seconds", Assert.Single(deaf.Texts), StringComparison.Ordinal);
        Assert.Contains("The guest of 'lively' cannot be asked to stop", Assert.Single(mute.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killing_asks_nobody()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var container = await lab.ContainerAsync();
        await using var guest = await ScriptedContainer.StartAsync(lab.Lab, container.Reference);

        await new ContainerPower(lab.Client).StopAsync(container, timeout: null, kill: true, Quiet.Instance, Token);

        Assert.Equal("PoweredOff", (await lab.ContainerAsync()).PowerState);
        Assert.Null(guest.Grace);
    }

    [Fact]
    public async Task What_is_so_already_is_no_error_and_changes_nothing()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var power = new ContainerPower(lab.Client);
        var container = await lab.ContainerAsync();
        lab.Lab.Faults.Reset();

        Assert.Equal("PoweredOn", (await power.StartAsync(container, Quiet.Instance, Token)).PowerState);
        Assert.DoesNotContain(lab.Lab.Faults.Calls, call => call.Method is "PowerOnVM_Task" or "ReconfigVM_Task");
        await power.StopAsync(container, timeout: null, kill: true, Quiet.Instance, Token);
        lab.Lab.Faults.Reset();

        Assert.Equal("PoweredOff", (await power.StopAsync(container, timeout: null, kill: false, Quiet.Instance, Token))!.PowerState);
        Assert.DoesNotContain(lab.Lab.Faults.Calls, call => call.Method is "PowerOffVM_Task" or "ShutdownGuest" or "ReconfigVM_Task");
    }

    [Fact]
    public async Task A_start_forgets_what_the_guest_reported_of_its_last_run()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await lab.CreateAsync("ended", 'd', configuration =>
        {
            var session = configuration.Sessions.Values.Single();
            (session.Started, session.ExitStatus, session.StopTime) = ("true", 7, 1);
        });
        Assert.Equal(7, container.ExitCode);

        await new ContainerPower(lab.Client).StartAsync(container, Quiet.Instance, Token);
        var killed = await new ContainerPower(lab.Client).StopAsync(container, timeout: null, kill: true, Quiet.Instance, Token);

        Assert.NotEqual(7, killed!.ExitCode);
        Assert.DoesNotContain(await lab.KeysAsync(container.Reference), key => key.Key.EndsWith(".status", StringComparison.Ordinal) && key.Value == "7");
    }

    [Fact]
    public async Task A_container_whose_address_somebody_else_has_by_now_gets_another_one()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var card = new VirtualDeviceConfigSpec
        {
            Operation = VirtualDeviceConfigSpecOperation.Add,
            Device = new VirtualVmxnet3 { Key = -1, Backing = await BridgeAsync(lab), AddressType = "generated" },
        };
        var first = await lab.CreateAsync("first", 'd', configuration => Place(configuration, "172.16.0.9/16"), card);
        var second = await lab.CreateAsync("second", 'e', configuration => Place(configuration, "172.16.0.9/16"), card);
        var third = await lab.CreateAsync("third", 'f', configure: null, card);
        var power = new ContainerPower(lab.Client);

        Assert.Equal("172.16.0.9", (await power.StartAsync(first, Quiet.Instance, Token)).Address);
        Assert.Equal("172.16.255.254", (await power.StartAsync(second, Quiet.Instance, Token)).Address);
        Assert.Equal("172.16.255.253", (await power.StartAsync(third, Quiet.Instance, Token)).Address);
        var place = ExecutorConfiguration.Read(new GuestInfoReader(await lab.KeysAsync(third.Reference)), GuestInfoKey.Root).Networks["bridge"];
        Assert.Equal("172.16.0.1/16", place.Network.Gateway!.ToString());
    }

    [Fact]
    public async Task A_copy_of_a_container_outside_its_VCH_is_refused()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var datacenter = (await lab.Client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token)).Single();
        var keys = GuestInfoSet.Of(new ExecutorConfiguration { Id = new string('d', 64), Name = "copy" }, SecretKey.Generate());
        await RunningVch.CreateMachineAsync(
            lab.Client,
            datacenter.Get<ManagedObjectReference>("vmFolder"),
            await lab.Client.GetPropertyAsync<ManagedObjectReference>(lab.Vch.Reference, "resourcePool", Token),
            "copy-of-a-container",
            [.. keys.Select(key => new OptionValue { Key = key.Key, Value = key.Value })]);
        var copy = await lab.FindAsync("copy");

        var error = await Assert.ThrowsAsync<VicException>(() => new ContainerPower(lab.Client).StartAsync(copy!, Quiet.Instance, Token));

        Assert.Equal("NotOfAVch", error.ErrorId);
        Assert.Equal("PoweredOff", (await lab.FindAsync("copy"))!.PowerState);
    }

    private static void Place(ExecutorConfiguration configuration, string address) =>
        configuration.Networks["bridge"] = BridgePlace.Describe(GuestNetwork.Parse(address), GuestNetwork.Parse("172.16.0.1/16"), []);

    private static async Task<VirtualDeviceBackingInfo> BridgeAsync(ContainerLab lab)
    {
        var devices = await lab.Client.GetPropertyAsync<List<VirtualDevice>>(lab.Vch.Reference, "config.hardware.device", Token);
        return devices!.OfType<VirtualEthernetCard>().First().Backing switch
        {
            VirtualEthernetCardDistributedVirtualPortBackingInfo { Port: { } port } => new VirtualEthernetCardDistributedVirtualPortBackingInfo
            {
                Port = new DistributedVirtualSwitchPortConnection { SwitchUuid = port.SwitchUuid, PortgroupKey = port.PortgroupKey },
            },
            { } backing => backing,
            null => throw new InvalidOperationException("the endpoint VM's card is plugged into nothing"),
        };
    }
}
