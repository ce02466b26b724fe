using Vic.Configuration;
using Vic.Engine.Containers;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Api;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Containers;

/// <summary>Containers are moved to the bootstrap ISO that their VCH has by now, or left as they are.</summary>
public sealed class BootstrapUpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter, true)]
    [InlineData(InventoryModel.Esx, true)]
    [InlineData(InventoryModel.Esx, false)]
    public async Task A_container_boots_the_ISO_of_its_VCH_afterwards_and_says_so(InventoryModel model, bool isOn)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        var container = await EarlierContainer.CreateAsync(lab, isOn);
        var update = new BootstrapUpdate(lab.Client);

        var plan = await update.PlanAsync(container, Quiet.Instance, Token);
        var moved = await update.RunAsync(container, timeout: null, kill: true, Quiet.Instance, Token);

        Assert.Equal(new BootstrapPlan(EarlierContainer.Version, ProductVersion.Current, IsNeeded: true), plan);
        Assert.Equal(ProductVersion.Current, moved.BootstrapVersion);
        Assert.Equal((Current(lab), ProductVersion.Current, "PoweredOn"), await EarlierContainer.ReadAsync(lab));
        Assert.False((await update.PlanAsync(moved, Quiet.Instance, Token)).IsNeeded);
    }

    [Fact]
    public async Task A_container_that_boots_it_already_is_only_restarted()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        var update = new BootstrapUpdate(lab.Client);
        var moved = await update.RunAsync(container, timeout: null, kill: true, Quiet.Instance, Token);
        lab.Lab.Faults.Reset();

        await update.RunAsync(moved, timeout: null, kill: true, Quiet.Instance, Token);

        Assert.Equal(["PowerOffVM_Task", "PowerOnVM_Task"], lab.Lab.Faults.Calls.Select(call => call.Method).Where(method => method.EndsWith("VM_Task", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_container_that_does_not_start_with_it_has_the_earlier_one_again_and_runs()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        lab.Lab.Faults.Fail(1, CallFailure.Fault, "PowerOnVM_Task");

        var error = await Assert.ThrowsAsync<VicException>(
            () => new BootstrapUpdate(lab.Client).RunAsync(container, timeout: null, kill: true, Quiet.Instance, Token));

        Assert.Contains($"could not be moved to the bootstrap ISO of {ProductVersion.Current}, and has that of {EarlierContainer.Version} as before", error.Message, StringComparison.Ordinal);
        Assert.Equal((EarlierContainer.Iso, EarlierContainer.Version, "PoweredOn"), await EarlierContainer.ReadAsync(lab));
    }

    [Fact]
    public async Task A_container_of_vic_machines_endpoint_is_refused_before_it_is_stopped()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true, configuration => configuration.Attach.Key = []);

        var error = await RefuseAsync(lab, container);

        Assert.Equal("OtherTether", error.ErrorId);
        Assert.Contains("Recreate the container", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_whose_VCH_went_back_to_vic_machines_version_is_refused()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        await lab.WriteAsync(lab.Vch.Reference, new Dictionary<string, string> { [GuestInfoNames.SessionMaster] = "" });

        Assert.Equal("OtherTether", (await RefuseAsync(lab, container)).ErrorId);
    }

    [Fact]
    public async Task A_container_is_not_stopped_for_an_ISO_that_is_not_there()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        File.Delete(lab.Lab.PathOf("datastore1", Current(lab)["[datastore1] ".Length..]));

        var error = await RefuseAsync(lab, container);

        Assert.Equal("NoBootstrap", error.ErrorId);
        Assert.Contains(Current(lab), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_waits_for_a_change_of_its_VCH_that_is_under_way()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var container = await EarlierContainer.CreateAsync(lab, isOn: true);
        await lab.WriteAsync(lab.Vch.Reference, new Dictionary<string, string> { [GuestInfoNames.UpdateInProgress] = "true" });

        Assert.Equal(("UpdateInProgress", VicErrorKind.Busy), await RefuseAsync(lab, container) is var error ? (error.ErrorId, error.Kind) : default);
    }

    private static string Current(ContainerLab lab) => lab.Vch.Configuration.Containers.BootstrapImagePath;

    /// <summary>The refusal, for what is planned as for what is done; nothing happens to the container.</summary>
    private static async Task<VicException> RefuseAsync(ContainerLab lab, ContainerVmInfo container)
    {
        var update = new BootstrapUpdate(lab.Client);
        await Assert.ThrowsAsync<VicException>(() => update.PlanAsync(container, Quiet.Instance, Token));
        lab.Lab.Faults.Reset();
        var error = await Assert.ThrowsAsync<VicException>(() => update.RunAsync(container, timeout: null, kill: true, Quiet.Instance, Token));
        Assert.DoesNotContain(lab.Lab.Faults.Calls, call => call.Method.EndsWith("_Task", StringComparison.Ordinal) || call.Method == "ShutdownGuest");
        Assert.Equal((EarlierContainer.Iso, EarlierContainer.Version, "PoweredOn"), await EarlierContainer.ReadAsync(lab));
        return error;
    }
}
