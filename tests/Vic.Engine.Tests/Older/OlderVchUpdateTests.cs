using System.Net;
using System.Security.Cryptography;
using Vic.Configuration;
using Vic.Engine.Changes;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Tests.Sweeps;
using Vic.Engine.Validation;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Older;

/// <summary>A VCH that vic-machine 1.5 has made is brought to this version, and back.</summary>
public sealed class OlderVchUpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    [Theory]
    [MemberData(nameof(OlderVchTests.Places), MemberType = typeof(OlderVchTests))]
    public async Task It_gets_what_this_endpoint_reads_and_goes_back_byte_for_byte(InventoryModel model, bool hasFolder)
    {
        await using var lab = await StartAsync(model, hasFolder);
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());
        var before = await OlderVchState.ReadAsync(lab);
        var files = Files(lab);

        var plan = await new VchUpgrade(client).PlanAsync(vch, Request(lab), Quiet.Instance, Token);
        var updated = await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);

        Assert.Equal((UpgradeStatus.Upgradeable, new VersionChange(OlderVch.Version, ProductVersion.Current, IsNeeded: true)), (vch.UpgradeStatus, plan));
        Assert.Equal((UpgradeStatus.UpToDate, ProductVersion.Current, "PoweredOn"), (updated.UpgradeStatus, updated.Version, updated.PowerState));
        AssertConverted(await ReadAsync(lab, client, updated));
        Assert.Equal(files, Files(lab).Where(files.Contains));

        var restored = await new VchRollback(client).RunAsync(updated, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

        Assert.Equal(OlderVch.Version, restored.Version);
        OlderVchState.AssertEqual(before, await OlderVchState.ReadAsync(lab), "the VCH went back");
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task An_update_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_version(Trouble trouble)
    {
        await using var lab = await StartAsync(InventoryModel.VCenter, hasFolder: true);
        var vch = Assert.Single(await lab.ListAsync());
        var before = await OlderVchState.ReadAsync(lab);
        await CallSweep.RunOnAsync(
            lab,
            trouble,
            (client, cancellation) => new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, cancellation),
            async (outcome, what, _) =>
            {
                Assert.Empty((outcome.Failure as ChangeException)?.Left ?? []);
                var now = Assert.Single(await lab.ListAsync());
                Assert.True(outcome.Failure is not null || now.UpgradeStatus == UpgradeStatus.UpToDate, what);
                if (now.UpgradeStatus == UpgradeStatus.UpToDate)
                {
                    using var client = await lab.ConnectAsync();
                    await new VchRollback(client).RunAsync(now, TimeSpan.FromMinutes(1), Quiet.Instance, Token);
                }

                OlderVchState.AssertEqual(before, await OlderVchState.ReadAsync(lab), what);
            });
    }

    [Fact]
    public async Task An_endpoint_that_does_not_come_up_leaves_the_old_one_serving()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());
        var before = await OlderVchState.ReadAsync(lab);
        lab.Faults.Reset();
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = true, "CreateSnapshot_Task");
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = false, "RevertToSnapshot_Task");

        var error = await Assert.ThrowsAsync<ChangeException>(() => new VchUpgrade(client).RunAsync(
            vch, Request(lab) with { Timeout = TimeSpan.FromSeconds(20) }, Quiet.Instance, Token));

        Assert.Empty(error.Left);
        OlderVchState.AssertEqual(before, await OlderVchState.ReadAsync(lab), error.Message);
    }

    [Fact]
    public async Task One_whose_configuration_has_an_older_form_is_upgraded_with_vic_machine_first()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        await WriteAsync(lab, "guestinfo.vice./init/version/PluginVersion", "8");

        var error = await RefuseAsync(lab, Request(lab));

        Assert.Contains("Upgrade it with vic-machine 1.5 first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_its_configuration_lacks_is_told_at_once()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        await WriteAsync(lab, "guestinfo.vice./init/networks|bridge/Common/id", "999");
        await WriteAsync(lab, "guestinfo.vice./storage/image_stores", "");
        await WriteAsync(lab, "guestinfo.vice./container/ComputeResources", "");

        var error = await RefuseAsync(lab, Request(lab));

        Assert.Equal(3, error.Problems.Count);
        Assert.All(["no network card for its bridge network", "names no image store", "names no resource pool"], text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ISO_of_vic_machine_is_refused_even_by_force()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        var iso = lab.PathOf("datastore1", OlderVch.ApplianceIso["[datastore1] ".Length..]);

        var error = await RefuseAsync(lab, Request(lab) with { ApplianceIso = iso, Force = true });

        Assert.Contains($"an ISO of vic-machine ('VMware Inc. {OlderVch.Version}')", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_whose_published_ports_go_are_named_before_anything_is_done()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        using var client = await lab.ConnectAsync();
        var warnings = new Warnings();

        await new VchUpgrade(client).PlanAsync(Assert.Single(await lab.ListAsync()), Request(lab), warnings, Token);

        Assert.Equal($"These containers publish ports, which the new endpoint does not forward: {OlderVch.ContainerName}.", Assert.Single(warnings.Texts));
    }

    [Fact]
    public async Task It_is_updated_before_it_is_changed()
    {
        await using var lab = await StartAsync(InventoryModel.Esx, hasFolder: false);
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());

        var error = await Assert.ThrowsAsync<VicException>(
            () => new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { CpuLimitMhz = 1000 }, Quiet.Instance, Token));

        Assert.Equal($"Update it first: Update-VCH {OlderVch.Name}", error.RecommendedAction);
    }

    [Theory]
    [MemberData(nameof(OlderVchTests.Places), MemberType = typeof(OlderVchTests))]
    public async Task After_the_update_it_is_removed_with_the_images_of_both(InventoryModel model, bool hasFolder)
    {
        await using var lab = await EngineLab.StartAsync(new LabOptions { Model = model }, Loopback());
        var before = await lab.SnapshotAsync();
        await OlderVch.CreateAsync(lab, hasFolder, Address(lab));
        using var client = await lab.ConnectAsync();
        var updated = await new VchUpgrade(client).RunAsync(Assert.Single(await lab.ListAsync()), Request(lab), Quiet.Instance, Token);
        var uuid = await client.GetPropertyAsync<string>(updated.Reference, "config.uuid", Token);
        var layer = Directory.CreateDirectory(lab.PathOf("datastore1", $"{OlderVch.Name}/VIC/{uuid}/{updated.Configuration.Storage.LayerFolder}/layer"));
        await File.WriteAllTextAsync(Path.Combine(layer.FullName, "manifest"), "a layer of the new endpoint", Token);

        await lab.RemoveAsync(updated);

        OlderVch.RemoveVolumes(lab);
        await lab.AssertUnchangedAsync(before, "an older VCH was updated and removed");
    }

    private static void AssertConverted(VirtualContainerHostConfiguration configuration)
    {
        var service = Assert.Single(configuration.Executor.Sessions);
        Assert.Equal(("vic-endpoint", "/usr/bin/vic-endpoint", true), (service.Key, service.Value.Path, service.Value.Active));
        Assert.Equal(["HTTP_PROXY=http://proxy:3128"], service.Value.Environment);
        Assert.Equal(OlderVch.Password, configuration.Connection.Token);
        Assert.Equal(AttachConfiguration.KeyLength, configuration.Executor.Attach.Master.Length);
        Assert.Equal(("vch1", "172.16.0.1/16"), (configuration.Executor.HostName, configuration.Executor.Networks["bridge"].Address!.ToString()));
        Assert.Equal("layers", configuration.Storage.LayerFolder);
        Assert.Equal("ds://datastore1/vch1", Assert.Single(configuration.Storage.ImageStores).ToString());
        Assert.Equal(["a:5000", "b"], configuration.Registries.Insecure);
        Assert.Equal($"[datastore1] {OlderVch.Name}/{ProductVersion.Current}-bootstrap.iso", configuration.Containers.BootstrapImagePath);
    }

    /// <summary>The configuration as the endpoint reads it: with the secret key that is in the machine's file alone.</summary>
    private static async Task<VirtualContainerHostConfiguration> ReadAsync(EngineLab lab, VimClient client, VchInfo vch)
    {
        var keys = (await client.GetPropertyAsync<List<OptionValue>>(vch.Reference, "config.extraConfig", Token))!
            .ToDictionary(option => option.Key, option => option.Value as string ?? "", StringComparer.Ordinal);
        Assert.DoesNotContain(keys, key => key.Key.Contains("port-layer", StringComparison.Ordinal));
        Assert.True(SecretKey.TryParse(OlderVchState.SecretKeyOf(lab), out var secretKey));
        return VirtualContainerHostConfiguration.Read(new GuestInfoReader(keys, secretKey));
    }

    private static async Task<ValidationException> RefuseAsync(EngineLab lab, VchUpgradeRequest request)
    {
        using var client = await lab.ConnectAsync();
        var before = await OlderVchState.ReadAsync(lab);
        var vch = Assert.Single(await lab.ListAsync());
        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchUpgrade(client).RunAsync(vch, request, Quiet.Instance, Token));
        OlderVchState.AssertEqual(before, await OlderVchState.ReadAsync(lab), error.Message);
        return error;
    }

    private static async Task WriteAsync(EngineLab lab, string key, string value)
    {
        using var client = await lab.ConnectAsync();
        var spec = new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = key, Value = value }] };
        var vch = Assert.Single(await lab.ListAsync());
        await client.WaitForTaskAsync(await new VirtualMachine(client, vch.Reference).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
    }

    /// <summary>Brings the VCH of a lab to this version.</summary>
    internal static async Task UpdateAsync(EngineLab lab)
    {
        using var client = await lab.ConnectAsync();
        await new VchUpgrade(client).RunAsync(Assert.Single(await lab.ListAsync()), Request(lab), Quiet.Instance, Token);
    }

    /// <summary>A lab with an older VCH whose Docker API answers.</summary>
    internal static async Task<EngineLab> StartAsync(InventoryModel model, bool hasFolder)
    {
        var lab = await EngineLab.StartAsync(new LabOptions { Model = model }, Loopback());
        await OlderVch.CreateAsync(lab, hasFolder, Address(lab));
        using var client = await lab.ConnectAsync();
        var vch = Assert.Single(await lab.ListAsync());
        await new Readiness(client, vch.Reference, vch.Name, advertised: null, EndpointTls.Of(vch)).WaitAsync(TimeSpan.FromMinutes(1), Quiet.Instance, Token);
        return lab;
    }

    // The old configuration has no address but the endpoint's own, and the port is Docker's: each test has an address for itself.
    private static IPAddress Loopback() => new([127, 77, .. RandomNumberGenerator.GetBytes(2).Select(part => (byte)(1 + (part % 250)))]);

    private static IPAddress Address(EngineLab lab) => IPEndPoint.Parse(lab.Endpoint.Address).Address;

    private static List<string> Files(EngineLab lab) =>
        [.. Directory.EnumerateFiles(lab.PathOf("datastore1", ""), "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("/VIC/", StringComparison.Ordinal) || file.Contains("/kvStores/", StringComparison.Ordinal) || file.EndsWith(".iso", StringComparison.Ordinal)).Order()];

    private static VchUpgradeRequest Request(EngineLab lab) =>
        new() { ApplianceIso = lab.Folder["appliance.iso"], BootstrapIso = lab.Folder["bootstrap.iso"], Timeout = TimeSpan.FromMinutes(1) };

    private sealed class Warnings : IProgress<StepProgress>
    {
        public List<string> Texts { get; } = [];

        public void Report(StepProgress value)
        {
            if (value.IsWarning)
            {
                Texts.Add(value.Step);
            }
        }
    }
}
