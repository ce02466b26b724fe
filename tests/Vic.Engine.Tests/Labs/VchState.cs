using System.Globalization;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>What a change of a VCH may touch, as vSphere shows it.</summary>
internal sealed record VchState(
    VirtualMachinePowerState Power, string Version, long MemoryMB, string DnsServers, long CpuLimitMhz, string Iso, UpgradeStatus Status, int Snapshots, string Containers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Reads it, by a session without troubles.</summary>
    public static async Task<VchState> ReadAsync(EngineLab lab)
    {
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());
        var machine = await client.RetrieveAsync(
            vch.Reference, ["runtime.powerState", "config.hardware", "config.extraConfig", "snapshot", "resourcePool"], Token);
        var keys = machine.Get<List<OptionValue>>("config.extraConfig")!.ToDictionary(option => option.Key, option => Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? "");
        var configuration = VirtualContainerHostConfiguration.Read(new GuestInfoReader(keys));
        var limits = await client.GetPropertyAsync<ResourceConfigSpec>(machine.Get<ManagedObjectReference>("resourcePool"), "config", Token);
        var hardware = machine.Get<VirtualHardware>("config.hardware")!;
        return new VchState(
            machine.Get<VirtualMachinePowerState>("runtime.powerState"),
            vch.Version,
            hardware.MemoryMB,
            string.Join(' ', configuration.Executor.Networks["public"].Network.Nameservers),
            limits!.CpuAllocation.Limit ?? -1,
            ((VirtualCdromIsoBackingInfo)hardware.Device!.OfType<VirtualCdrom>().Single().Backing!).FileName,
            vch.UpgradeStatus,
            Count(machine.Get<VirtualMachineSnapshotInfo>("snapshot")?.RootSnapshotList),
            await ContainersAsync(client));
    }

    // A container that nobody touches has the same configuration, to the version, and goes on running.
    private static async Task<string> ContainersAsync(VimClient client)
    {
        var containers = await new ContainerInventory(client).ListAsync(Quiet.Instance, Token);
        var lines = new List<string>();
        foreach (var container in containers)
        {
            var version = await client.GetPropertyAsync<string>(container.Reference, "config.changeVersion", Token);
            lines.Add($"{container.Name} {container.PowerState} {version}");
        }

        return string.Join(", ", lines);
    }

    private static int Count(List<VirtualMachineSnapshotTree>? trees) => (trees ?? []).Sum(tree => 1 + Count(tree.ChildSnapshotList));
}
