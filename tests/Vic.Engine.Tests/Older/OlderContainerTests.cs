using System.Buffers.Binary;
using System.Text;
using Vic.Engine.Containers;
using Vic.Engine.Inspection;
using Vic.Engine.Removal;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Older;

/// <summary>A container of a VCH that vic-machine 1.5 has made is handled through vSphere like one of ours, before the VCH is updated and after.</summary>
public sealed class OlderContainerTests
{
    private const string Networks = "guestinfo.vice./networks";
    private const string NetworkType = "guestinfo.vice..networks|bridge.network.type";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<InventoryModel, bool> Cases => new()
    {
        { InventoryModel.VCenter, false }, { InventoryModel.VCenter, true }, { InventoryModel.Esx, false }, { InventoryModel.Esx, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_started_as_it_is_and_does_not_wait_for_an_endpoint_to_let_it_run(InventoryModel model, bool isUpdated)
    {
        await using var lab = await StartAsync(model, isUpdated);
        using var client = await lab.ConnectAsync();
        var container = await FindAsync(client);
        var before = await KeysAsync(client, container);

        var started = await new ContainerPower(client).StartAsync(container, Quiet.Instance, Token);

        var after = await KeysAsync(client, container);
        Assert.Equal("running", started.State);
        Assert.DoesNotContain($"guestinfo.vice..sessions|{OlderVch.ContainerId}.runblock", after.Keys);
        Assert.Equal(before[NetworkType], after[NetworkType]);
        Assert.Equal(NetworksOf(before), NetworksOf(after));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_stopped_through_its_guest_or_powered_off(InventoryModel model, bool isUpdated)
    {
        await using var lab = await StartAsync(model, isUpdated);
        using var client = await lab.ConnectAsync();
        var power = new ContainerPower(client);
        var container = await power.StartAsync(await FindAsync(client), Quiet.Instance, Token);
        await using (await ScriptedContainer.StartAsync(lab, container.Reference))
        {
            lab.Faults.Reset();
            Assert.Equal("PoweredOff", (await power.StopAsync(container, timeout: null, kill: false, Quiet.Instance, Token))!.PowerState);
            Assert.Contains(lab.Faults.Calls, call => call.Method == "ShutdownGuest");
        }

        Assert.Equal("running", (await power.RestartAsync(container, timeout: null, kill: true, Quiet.Instance, Token)).State);
        Assert.Equal("PoweredOff", (await power.StopAsync(container, timeout: null, kill: true, Quiet.Instance, Token))!.PowerState);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_removed_although_vic_machine_has_locked_it(InventoryModel model, bool isUpdated)
    {
        await using var lab = await StartAsync(model, isUpdated);
        using var client = await lab.ConnectAsync();

        await new ContainerRemoval(client).RunAsync(await FindAsync(client), force: false, Quiet.Instance, Token);

        Assert.Empty(await new ContainerInventory(client).ListAsync(Quiet.Instance, Token));
        Assert.False(Directory.Exists(lab.PathOf("datastore1", $"{OlderVch.ContainerName}-{OlderVch.ContainerId}")));
    }

    [Fact]
    public async Task What_it_has_printed_is_read()
    {
        await using var lab = await StartAsync(InventoryModel.VCenter, isUpdated: true);
        using var client = await lab.ConnectAsync();
        var container = await FindAsync(client);
        await File.WriteAllBytesAsync(
            lab.PathOf("datastore1", $"{OlderVch.ContainerName}-{OlderVch.ContainerId}/output.log"), Entry("hello from 1.5\n"), Token);

        var log = await ContainerLog.OpenAsync(client, container, Token);

        Assert.Equal("hello from 1.5", Assert.Single(await log.ReadAsync(Token)).Text);
    }

    [Fact]
    public async Task Its_times_and_its_exit_code_are_those_that_its_tether_wrote()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, isUpdated: true);
        using var client = await lab.ConnectAsync();
        var session = $"guestinfo.vice..sessions|{OlderVch.ContainerId}";
        await WriteAsync(client, await FindAsync(client), new()
        {
            [$"{session}.started"] = "true",
            [$"{session}.status"] = "7",
            [$"{session}.detail.starttime"] = "1577934245",
            [$"{session}.detail.stoptime"] = "1577934246",
        });

        var container = await FindAsync(client);

        Assert.Equal(("exited", 7), (container.State, container.ExitCode));
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero), container.Started);
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 6, TimeSpan.Zero), container.Finished);
    }

    [Fact]
    public async Task It_is_not_moved_to_the_bootstrap_of_the_updated_VCH()
    {
        await using var lab = await StartAsync(InventoryModel.VCenter, isUpdated: true);
        using var client = await lab.ConnectAsync();

        var error = await Assert.ThrowsAsync<VicException>(async () => await new BootstrapUpdate(client).PlanAsync(await FindAsync(client), Quiet.Instance, Token));

        Assert.Equal("OtherTether", error.ErrorId);
    }

    private static async Task<EngineLab> StartAsync(InventoryModel model, bool isUpdated)
    {
        var lab = await OlderVchUpdateTests.StartAsync(model, hasFolder: model == InventoryModel.VCenter);
        if (isUpdated)
        {
            await OlderVchUpdateTests.UpdateAsync(lab);
        }

        return lab;
    }

    private static async Task<ContainerVmInfo> FindAsync(VimClient client) =>
        Assert.Single(await new ContainerInventory(client).ListAsync(Quiet.Instance, Token));

    private static async Task<Dictionary<string, string>> KeysAsync(VimClient client, ContainerVmInfo container) =>
        (await client.GetPropertyAsync<List<OptionValue>>(container.Reference, "config.extraConfig", Token))!
            .ToDictionary(option => option.Key, option => option.Value as string ?? "", StringComparer.Ordinal);

    private static List<string> NetworksOf(Dictionary<string, string> keys) =>
        [.. keys.Where(key => key.Key.StartsWith(Networks, StringComparison.Ordinal)).Select(key => $"{key.Key} = {key.Value}").Order(StringComparer.Ordinal)];

    private static async Task WriteAsync(VimClient client, ContainerVmInfo container, Dictionary<string, string> keys)
    {
        var spec = new VirtualMachineConfigSpec { ExtraConfig = [.. keys.Select(key => new OptionValue { Key = key.Key, Value = key.Value })] };
        await client.WaitForTaskAsync(await new VirtualMachine(client, container.Reference).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
    }

    private static byte[] Entry(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var header = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(header, 1_577_934_245_000_000_000);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(content.Length << 4));
        return [.. Encoding.ASCII.GetBytes(Convert.ToBase64String(header)), .. content];
    }
}
