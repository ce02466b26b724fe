using System.Globalization;
using System.Text.Json.Nodes;
using Vic.Testing.Files;
using Vic.Testing.Govmomi;
using Vic.Testing.Processes;
using Vic.Testing.Shell;

namespace Vic.EndToEnd.Tests.Strangers;

/// <summary>Somebody else's vCenter takes what New-VCH makes, and somebody else's client finds it there.</summary>
public sealed class GovmomiTests
{
    private const string Name = "stranger-vch";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_VCH_in_govmomis_simulator_is_what_govmomi_reads_back_and_is_gone_after_its_removal()
    {
        await using var simulator = await GovmomiSimulator.StartAsync("vpx", Cancellation);
        using var folder = new TemporaryFolder();

        var created = await Script(
            simulator, folder, "-Location", "DC0_C0", "-Datastore", "LocalDS_0", "-BridgeNetwork", "DC0_DVPG0").RunAsync(Cancellation);

        Assert.Equal($"{Name} PoweredOn verified: False", created.EnsureSuccess().Output.Trim());
        var seen = await ReadAsync(simulator);
        Assert.Equal((Name, Name, "poweredOn"), ((string?)seen["pool"], (string?)seen["folder"], (string?)seen["powerState"]));
        var devices = seen["devices"]!.AsArray().Select(device => (string?)device).ToList();
        Assert.Equal(2, devices.Count(device => device == "ethernet"));
        Assert.All(["ide", "pvscsi", "cdrom", "serialport"], expected => Assert.Contains(expected, devices));
        AssertConfiguration(seen["extraConfig"]!.AsObject(), simulator.Password);
        AssertIsos(seen["files"]!.AsObject());

        (await Script(simulator, folder, "-Remove").RunAsync(Cancellation)).EnsureSuccess();
        Assert.NotEqual(0, (await Reader(simulator, await ProgramAsync()).RunAsync(Cancellation)).ExitCode);
    }

    private static void AssertConfiguration(JsonObject extraConfig, string password)
    {
        Assert.StartsWith("VirtualMachine:", (string?)extraConfig["guestinfo.vice./init/common/id"], StringComparison.Ordinal);
        Assert.DoesNotContain(extraConfig, option => ((string?)option.Value ?? "").Contains(password, StringComparison.Ordinal));
    }

    private static void AssertIsos(JsonObject files)
    {
        foreach (var name in new[] { "appliance.iso", "bootstrap.iso" })
        {
            var size = new FileInfo(Path.Combine(Repository.Artifacts, "images", name)).Length;
            Assert.Contains(files, file => file.Key.EndsWith(name, StringComparison.Ordinal) && (long)file.Value! == size);
        }
    }

    private static async Task<JsonNode> ReadAsync(GovmomiSimulator simulator) =>
        JsonNode.Parse((await Reader(simulator, await ProgramAsync()).RunAsync(Cancellation)).EnsureSuccess().Output)!;

    private static Task<string> ProgramAsync() => GoProgram.BuildAsync("tests/Vic.EndToEnd.Tests/Strangers/read-vch/read-vch.go", Cancellation);

    private static Command Reader(GovmomiSimulator simulator, string program) =>
        new(program, simulator.Server.AbsoluteUri, Name) { Environment = Credentials(simulator) };

    private static Command Script(GovmomiSimulator simulator, TemporaryFolder folder, params IReadOnlyList<string> arguments) => ModuleShell.Script(
        Repository.PathOf("tests/Vic.EndToEnd.Tests/Strangers/deploy-to-simulator.ps1"),
        Credentials(simulator),
        ["-Module", ModuleShell.ModuleManifest, "-Name", Name, "-CertificatePath", folder["certificates"], .. arguments]);

    private static Dictionary<string, string?> Credentials(GovmomiSimulator simulator) => new()
    {
        ["VIC_TEST_SERVER"] = simulator.Server.Host,
        ["VIC_TEST_PORT"] = simulator.Server.Port.ToString(CultureInfo.InvariantCulture),
        ["VIC_TEST_USER"] = GovmomiSimulator.User,
        ["VIC_TEST_PASSWORD"] = simulator.Password,
        ["VIC_TEST_THUMBPRINT"] = simulator.Thumbprint,
    };
}
