using Vic.Lab;
using Vic.PowerShell.Tests.Hosting;
using VMware.VimAutomation.Vds.Impl.V1;
using VMware.VimAutomation.ViCore.Impl.V1.DatastoreManagement;
using VMware.VimAutomation.ViCore.Impl.V1.Inventory;
using VMware.VimAutomation.ViCore.Impl.V1.VM;

namespace Vic.PowerShell.Tests.PowerCli;

/// <summary>Every parameter that names a thing of vSphere takes PowerCLI's object, our own, or a name.</summary>
public sealed class PowerCliObjectTests
{
    [Fact]
    public async Task PowerCLIs_objects_say_where_a_VCH_goes_and_its_machine_says_which_one_is_meant()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab);
        SmallVch.Prepare(runspace);
        runspace.Set("cluster", await user.GetAsync<ClusterImpl>("ClusterComputeResource", "Cluster"));
        runspace.Set("datastore", await user.GetAsync<VmfsDatastoreImpl>("Datastore", "datastore1"));
        runspace.Set("network", await user.GetAsync<VmwareVDPortgroupImpl>("DistributedVirtualPortgroup", "bridge"));

        var made = runspace.Run(
            $"$vch = $cluster | New-VCH -Name team {SmallVch.Options.Replace("datastore1", "$datastore", StringComparison.Ordinal)} -BridgeNetwork $network -OpsCredential $credential\n"
            + "$vch.Name; $vch.Id; $vch.Uid; $vch.ExtensionData.MoRef.Value; $vch.ExtensionData.Client.ServiceUrl").AssertSucceeded();
        var machine = await user.GetAsync<UniversalVirtualMachineImpl>("VirtualMachine", "team");
        runspace.Set("machine", machine);
        var id = machine.Id;

        Assert.Equal(["team", id, machine.Uid, machine.ExtensionData.MoRef.Value, lab.Facts.Url.AbsoluteUri], made.Output.Select(item => item.ToString()));
        Assert.Equal("team", runspace.Run($"Get-VCH -Id {id}").AssertSucceeded().Text);
        Assert.Equal("team", runspace.Run($"[pscustomobject]@{{ Id = '{id}'; Name = 'another' }} | Get-VCH").AssertSucceeded().Text);
        runspace.Run("$machine | Remove-VCH -Force -Confirm:$false").AssertSucceeded();
        Assert.Empty(runspace.Run("Get-VCH").AssertSucceeded().Output);
    }

    [Fact]
    public async Task Several_clusters_need_a_name_each_or_nothing_is_made()
    {
        await using var lab = await ModuleLab.StartAsync(new LabOptions { ClusterCount = 2 });
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab);
        SmallVch.Prepare(runspace);
        runspace.Set("clusters", new[]
        {
            await user.GetAsync<ClusterImpl>("ClusterComputeResource", "Cluster"), await user.GetAsync<ClusterImpl>("ClusterComputeResource", "Cluster2"),
        });
        var options = SmallVch.Options + " -BridgeNetwork bridge -OpsCredential $credential";

        var unnamed = runspace.Run($"$clusters | New-VCH -Name team {options}").AssertError("NamesNotDistinct");
        runspace.Run($"$clusters | New-VCH {options}").AssertError("NamesNotDistinct");
        runspace.Run($"$clusters | New-VCH -Name {{ }} {options}").AssertError("NoName");
        runspace.Run($"New-VCH -Name team -Location $clusters {options}").AssertError("NotOneObject");
        Assert.Empty(runspace.Run("Get-VCH").AssertSucceeded().Output);
        var planned = runspace.Run($"$clusters | Test-VCH -Name {{ \"vch-$($_.Name)\" }} {options.Replace("-NoWait", "", StringComparison.Ordinal)} | ForEach-Object VCH").AssertSucceeded();

        Assert.Contains("-Name {", unnamed.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["vch-Cluster", "vch-Cluster2"], planned.Output.Select(item => item.ToString()).Distinct());
    }

    [Fact]
    public async Task A_cluster_from_the_pipeline_does_not_name_the_VCH()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab);
        runspace.Set("cluster", await user.GetAsync<ClusterImpl>("ClusterComputeResource", "Cluster"));

        var checks = runspace.Run("$cluster | Test-VCH -Datastore datastore1 -BridgeNetwork bridge -NoTls | ForEach-Object VCH").AssertSucceeded();

        Assert.Equal(["virtual-container-host"], checks.Output.Select(item => item.ToString()).Distinct());
    }

    [Fact]
    public async Task Text_does_not_come_through_the_pipeline()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();

        runspace.Run("'Cluster' | New-VCH -Name team").AssertError("TextFromPipeline");
        runspace.Run("'team' | Remove-VCH -Confirm:$false").AssertError("TextFromPipeline");
    }

    [Fact]
    public async Task An_object_of_a_server_that_is_not_connected_is_not_taken_for_another_servers()
    {
        await using var lab = await ModuleLab.StartAsync();
        await using var other = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(other);
        using var runspace = lab.OpenConnected();
        runspace.Set("cluster", await user.GetAsync<ClusterImpl>("ClusterComputeResource", "Cluster"));

        var error = runspace.Run("$cluster | New-VCH -Name team").AssertError("NotConnected");

        Assert.Contains($"{other.Facts.Server}:{other.Facts.Port}", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_told_and_the_others_are_done()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        runspace.Run($"$null = New-VCH -Name team-a {SmallVch.InCluster}; $null = New-VCH -Name team-b {SmallVch.InCluster}").AssertSucceeded();

        var several = runspace.Run($"New-VCH -Name team-c {SmallVch.InCluster.Replace("datastore1", "data*", StringComparison.Ordinal)}");
        var removed = runspace.Run("Remove-VCH lost, team-[ab] -Force -Confirm:$false");

        Assert.Contains("is not unique", Assert.Single(several.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("'team-a', 'team-b'", removed.AssertError("NotFound").ToString(), StringComparison.Ordinal);
        Assert.Empty(runspace.Run("Get-VCH").AssertSucceeded().Output);
    }
}
