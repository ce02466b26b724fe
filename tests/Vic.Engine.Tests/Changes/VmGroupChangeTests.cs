using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Changes;

/// <summary>A VCH that exists gets a DRS group, or loses it, and a change that is taken back takes the group along.</summary>
public sealed class VmGroupChangeTests
{
    private static readonly VchChangeRequest On = new() { UseVmGroup = true };
    private static readonly VchChangeRequest Off = new() { UseVmGroup = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_group_gets_the_endpoint_and_all_its_containers_and_goes_again()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var containers = (await new ContainerInventory(client).ListAsync(Quiet.Instance, Token)).Select(container => container.Reference).ToList();
        var one = await RunningVch.CreateContainerAsync(client, vch, "one", new string('a', 64));
        var reconfiguration = new VchReconfiguration(client);

        var changed = await reconfiguration.RunAsync(vch, On, Quiet.Instance, Token);

        Assert.Equal("UseVMGroup: false -> true", Assert.Single(changed.Changes).ToString());
        Assert.Equal(References([vch.Reference, .. containers, one.Reference]), References(await MembersAsync(client)));
        Assert.Equal((true, EngineLab.VchName), Group(changed.Vch));
        Assert.Empty((await reconfiguration.RunAsync(vch, On, Quiet.Instance, Token)).Changes);

        changed = await reconfiguration.RunAsync(vch, Off, Quiet.Instance, Token);

        Assert.Equal("UseVMGroup: true -> false", Assert.Single(changed.Changes).ToString());
        Assert.Null(await MembersAsync(client));
        Assert.Equal((false, ""), Group(changed.Vch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_after_which_the_Docker_API_stays_silent_has_the_group_of_before(bool isWanted)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, usesGroup: !isWanted);
        var before = await MembersAsync(client);
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = true, "CreateSnapshot_Task");
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = false, "RevertToSnapshot_Task");

        var error = await Assert.ThrowsAsync<ChangeException>(() => new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { UseVmGroup = isWanted, Timeout = TimeSpan.FromSeconds(10) }, Quiet.Instance, Token));

        Assert.Equal(("EndpointNotReady", 0), (error.ErrorId, error.Left.Count));
        Assert.Equal(isWanted, before is null);
        Assert.Equal(isWanted, await MembersAsync(client) is null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_brings_the_group_of_that_time_back(bool isWanted)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, usesGroup: !isWanted);
        await new VchReconfiguration(client).RunAsync(vch, isWanted ? On : Off, Quiet.Instance, Token);
        Assert.Equal(isWanted, await MembersAsync(client) is not null);

        var back = await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

        Assert.Equal(!isWanted, Group(back).IsUsed);
        Assert.Equal(!isWanted, (await MembersAsync(client))?.Contains(vch.Reference) == true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_whose_process_dies_at_any_call_leaves_a_group_exactly_where_the_VCH_has_one(bool isWanted)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await DeployAsync(lab, usesGroup: !isWanted);
        var isOver = false;
        for (var number = 1; !isOver; number++)
        {
            using var owner = await lab.ConnectAsync();
            using var client = await lab.JoinAsync(owner);
            lab.Faults.Reset();
            lab.Faults.Fail(number, Lab.Api.CallFailure.EndSession);
            await Record.ExceptionAsync(() => new VchReconfiguration(client).RunAsync(vch, isWanted ? On : Off, Quiet.Instance, Token));
            isOver = lab.Faults.Calls.Count < number;
            lab.Faults.Reset();
            using var next = await lab.ConnectAsync();
            await new InterruptedChange(next).ResetAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

            var settled = Group(Assert.Single(await lab.ListAsync()));
            Assert.True(settled.IsUsed == (await MembersAsync(next) is not null), $"After the end at call {number}: {settled}");
            await new VchReconfiguration(next).RunAsync(vch, isWanted ? Off : On, Quiet.Instance, Token);
        }
    }

    [Fact]
    public async Task A_group_that_a_rule_refers_to_and_a_name_that_is_taken_are_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        await SiteParts.AddVmGroupAsync(client, EngineLab.VchName, Token);

        var taken = await RefusedAsync(client, vch, On);
        Assert.Contains($"has a DRS group '{EngineLab.VchName}' already", taken, StringComparison.Ordinal);

        await ReconfigureClusterAsync(client, new ClusterConfigSpecEx { GroupSpec = [new ClusterGroupSpec { Operation = ArrayUpdateOperation.Remove, RemoveKey = EngineLab.VchName }] });
        await new VchReconfiguration(client).RunAsync(vch, On, Quiet.Instance, Token);
        await AddRuleAsync(client, "stay in the first room");

        var used = await RefusedAsync(client, vch, Off);
        Assert.Contains("'stay in the first room'. Remove them first", used, StringComparison.Ordinal);
        Assert.NotNull(await MembersAsync(client));
    }

    [Fact]
    public async Task An_account_that_lets_no_container_join_and_a_host_without_a_cluster_are_told()
    {
        var account = new LabAccount("endpoint@vsphere.local", "a password of the endpoint");
        await using (var lab = await EngineLab.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Accounts = [account] }))
        {
            using var client = await lab.ConnectAsync();
            var vch = await RunningVch.DeployAsync(lab, lab.Request() with { Credential = new EndpointCredential(account.Name, account.Password) });

            var powerless = await RefusedAsync(client, vch, On);

            Assert.Contains($"account '{account.Name}' lacks Host.Inventory.EditCluster", powerless, StringComparison.Ordinal);
        }

        await using var single = await EngineLab.StartAsync(InventoryModel.Esx);
        using var session = await single.ConnectAsync();
        var alone = await RefusedAsync(session, await RunningVch.DeployAsync(single, single.Request()), On);
        Assert.Contains("needs a cluster with DRS", alone, StringComparison.Ordinal);
    }

    private static Task<VchInfo> DeployAsync(EngineLab lab, bool usesGroup)
    {
        var request = lab.Request();
        return RunningVch.DeployAsync(lab, request with { Compute = request.Compute with { UseVmGroup = usesGroup } });
    }

    private static async Task<string> RefusedAsync(VimClient client, VchInfo vch, VchChangeRequest request)
    {
        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchReconfiguration(client).RunAsync(vch, request, Quiet.Instance, Token));
        Assert.Equal("UseVMGroup", Assert.Single(error.Problems).Option);
        return error.Message;
    }

    private static (bool IsUsed, string Name) Group(VchInfo vch) => (vch.Configuration.Containers.UseVmGroup, vch.Configuration.Containers.VmGroupName);

    private static IEnumerable<string> References(IReadOnlyList<ManagedObjectReference>? machines) =>
        (machines ?? []).Select(machine => machine.Value).Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<ManagedObjectReference>?> MembersAsync(VimClient client)
    {
        var clusters = await client.RetrieveAllAsync("ClusterComputeResource", ["configurationEx"], cancellationToken: Token);
        return clusters.Single().Get<ClusterConfigInfoEx>("configurationEx")!.Group?.OfType<ClusterVmGroup>()
            .FirstOrDefault(group => group.Name == EngineLab.VchName)?.Vm;
    }

    private static async Task AddRuleAsync(VimClient client, string name)
    {
        var host = (await client.RetrieveAllAsync("HostSystem", ["name"], cancellationToken: Token))[0].Reference;
        await ReconfigureClusterAsync(client, new ClusterConfigSpecEx
        {
            GroupSpec = [new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterHostGroup { Name = "first room", Host = [host] } }],
            RulesSpec =
            [
                new ClusterRuleSpec
                {
                    Operation = ArrayUpdateOperation.Add,
                    Info = new ClusterVmHostRuleInfo { Name = name, Enabled = true, VmGroupName = EngineLab.VchName, AffineHostGroupName = "first room" },
                },
            ],
        });
    }

    private static async Task ReconfigureClusterAsync(VimClient client, ClusterConfigSpecEx spec)
    {
        var cluster = (await client.RetrieveAllAsync("ClusterComputeResource", ["name"], cancellationToken: Token)).Single().Reference;
        var task = await new ComputeResource(client, cluster).ReconfigureComputeResourceTaskAsync(spec, modify: true, Token);
        await client.WaitForTaskAsync(task, cancellationToken: Token);
    }
}
