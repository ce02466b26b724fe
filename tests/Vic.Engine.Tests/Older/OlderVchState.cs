using System.Globalization;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Vim25;

namespace Vic.Engine.Tests.Older;

/// <summary>All that an update of an older VCH may touch, byte for byte: the endpoint VM's keys, its own file's secret key, its ISO and name, its power, its snapshots.</summary>
internal static class OlderVchState
{
    // Who changes the VCH is noted during a change, and struck out after it.
    private static readonly string[] Marks = [GuestInfoNames.UpdateInProgress, GuestInfoNames.UpdateOwner, GuestInfoNames.UpdateLimits];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One line for each thing, by a session without troubles.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(EngineLab lab)
    {
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());
        var machine = await client.RetrieveAsync(
            vch.Reference,
            ["runtime.powerState", "config.hardware.device", "config.hardware.memoryMB", "config.extraConfig", "config.alternateGuestName", "snapshot"],
            Token);
        var iso = machine.Get<List<VirtualDevice>>("config.hardware.device")!.OfType<VirtualCdrom>().Single().Backing as VirtualCdromIsoBackingInfo;
        List<string> lines =
        [
            $"{machine.Get<VirtualMachinePowerState>("runtime.powerState")}, boots {iso!.FileName} as {machine.Get<string>("config.alternateGuestName")}",
            $"secret key {SecretKeyOf(lab)}",
            $"snapshots {machine.Get<VirtualMachineSnapshotInfo>("snapshot")?.RootSnapshotList?.Count ?? 0}",
        ];
        lines.AddRange(Keys(machine.Get<List<OptionValue>>("config.extraConfig")!).Select(key => $"{key.Key} = {key.Value}").Order(StringComparer.Ordinal));
        foreach (var container in await new ContainerInventory(client).ListAsync(Quiet.Instance, Token))
        {
            lines.Add($"{container.Name} {container.PowerState} {await client.GetPropertyAsync<string>(container.Reference, "config.changeVersion", Token)}");
        }

        return lines;
    }

    /// <summary>The secret key that the endpoint VM's own file has.</summary>
    public static string SecretKeyOf(EngineLab lab) =>
        File.ReadLines(lab.PathOf("datastore1", $"{OlderVch.Name}/{OlderVch.Name}.vmx"))
            .Single(line => line.StartsWith(GuestInfoKey.SecretKeyName, StringComparison.Ordinal)).Split('"')[1];

    public static void AssertEqual(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what)
    {
        var difference = expected.Except(actual).Select(line => $"- {line}").Concat(actual.Except(expected).Select(line => $"+ {line}")).ToList();
        Assert.True(difference.Count == 0, $"After {what}:\n{string.Join('\n', difference)}");
    }

    private static IEnumerable<(string Key, string Value)> Keys(List<OptionValue> options) => options
        .Where(option => !Marks.Contains(option.Key))
        .Select(option => (option.Key, Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? ""));
}
