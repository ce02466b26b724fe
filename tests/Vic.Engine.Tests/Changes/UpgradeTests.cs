using Vic.Configuration;
using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Changes;

/// <summary>What Update-VCH and Restore-VCH do to a VCH.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task An_older_VCH_gets_this_version_and_can_go_back_to_its_own(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        var old = await VchState.ReadAsync(lab);

        var versions = await new VchUpgrade(client).PlanAsync(vch, Request(lab), Quiet.Instance, Token);
        var updated = await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);
        var after = await VchState.ReadAsync(lab);
        var point = await new VchRollback(client).PlanAsync(updated, Quiet.Instance, Token);
        var restored = await new VchRollback(client).RunAsync(updated, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

        Assert.Equal(new VersionChange(OlderVch.Version, ProductVersion.Current, IsNeeded: true), versions);
        Assert.Equal((UpgradeStatus.Upgradeable, UpgradeStatus.UpToDate), (old.Status, after.Status));
        Assert.Equal((ProductVersion.Current, 1), (after.Version, after.Snapshots));
        Assert.NotEqual(old.Iso, after.Iso);
        Assert.EndsWith($"{ProductVersion.Current}-2-bootstrap.iso", updated.Configuration.Containers.BootstrapImagePath, StringComparison.Ordinal);
        Assert.Equal((OlderVch.Version, "upgrade for " + ProductVersion.Current), (point.To, point.Snapshot));
        Assert.Equal(OlderVch.Version, restored.Version);
        Assert.Equal(old, await VchState.ReadAsync(lab));
    }

    [Fact]
    public async Task A_VCH_that_is_up_to_date_is_touched_only_by_force()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);

        await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);
        Assert.Equal(before, await VchState.ReadAsync(lab));
        await new VchUpgrade(client).RunAsync(vch, Request(lab) with { Force = true }, Quiet.Instance, Token);

        Assert.Equal(1, (await VchState.ReadAsync(lab)).Snapshots);
    }

    [Fact]
    public async Task An_ISO_of_another_release_is_taken_only_by_force_and_all_that_is_wrong_is_told_at_once()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        TestIso.Write(lab.Folder["other.iso"], "v7.7.7-0-7777777");

        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchUpgrade(client).RunAsync(
            vch, new VchUpgradeRequest { ApplianceIso = lab.Folder["other.iso"], BootstrapIso = lab.Folder["none.iso"] }, Quiet.Instance, Token));

        Assert.Equal(["ApplianceIso", "BootstrapIso"], error.Problems.Select(problem => problem.Option));
        Assert.Contains("v7.7.7-0-7777777", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_that_is_newer_than_the_module_is_neither_changed_nor_updated()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await OlderVch.DeployAsync(lab, lab.Request(), "v99.0.0");

        var change = await Assert.ThrowsAsync<VicException>(
            () => new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { CpuLimitMhz = 1000 }, Quiet.Instance, Token));
        var update = await Assert.ThrowsAsync<ValidationException>(() => new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token));

        Assert.Equal(("OtherVersion", UpgradeStatus.NewerThanModule), (change.ErrorId, vch.UpgradeStatus));
        Assert.Contains("newer than this module", update.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_VCH_is_updated_before_it_is_changed()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await OlderVch.DeployAsync(lab, lab.Request());

        var error = await Assert.ThrowsAsync<VicException>(
            () => new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { CpuLimitMhz = 1000 }, Quiet.Instance, Token));

        Assert.Equal($"Update it first: Update-VCH {EngineLab.VchName}", error.RecommendedAction);
    }

    [Fact]
    public async Task A_change_can_be_taken_back_and_then_the_update_before_it()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await OlderVch.DeployAsync(lab, lab.Request());
        vch = await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);
        vch = (await new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { EndpointMemoryMB = 512 }, Quiet.Instance, Token)).Vch;

        vch = await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);
        var first = await VchState.ReadAsync(lab);
        vch = await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);
        var second = await VchState.ReadAsync(lab);

        Assert.Equal((ProductVersion.Current, 256, 1), (first.Version, first.MemoryMB, first.Snapshots));
        Assert.Equal((OlderVch.Version, 256, 0), (second.Version, second.MemoryMB, second.Snapshots));
        var error = await Assert.ThrowsAsync<VicException>(() => new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token));
        Assert.Equal("NothingToRestore", error.ErrorId);
    }

    [Fact]
    public async Task A_client_that_was_locked_out_meanwhile_stays_out()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        vch = await new VchUpgrade(client).RunAsync(vch, Request(lab) with { Force = true }, Quiet.Instance, Token);
        var spec = new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = GuestInfoNames.RevocationLists, Value = "bGlzdHM=" }] };
        await client.WaitForTaskAsync(await new VirtualMachine(client, vch.Reference).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);

        vch = await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

        Assert.Equal("lists"u8.ToArray(), vch.Configuration.Certificates.RevocationLists);
    }

    [Fact]
    public async Task A_snapshot_of_somebody_else_is_nothing_to_go_back_to()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        await client.WaitForTaskAsync(
            await new VirtualMachine(client, vch.Reference).CreateSnapshotTaskAsync("nightly backup", memory: false, quiesce: false, cancellationToken: Token),
            cancellationToken: Token);

        var error = await Assert.ThrowsAsync<VicException>(() => new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token));

        Assert.Equal(("NothingToRestore", VicErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Equal(1, (await VchState.ReadAsync(lab)).Snapshots);
    }

    private static VchUpgradeRequest Request(EngineLab lab) =>
        new() { ApplianceIso = lab.Folder["appliance.iso"], BootstrapIso = lab.Folder["bootstrap.iso"], Timeout = TimeSpan.FromMinutes(1) };
}
