using System.Management.Automation;
using Vic.PowerShell.Tests.Hosting;
using Vic.PowerShell.Tests.PowerCli;

namespace Vic.PowerShell.Tests.Completion;

/// <summary>Tab completes what the connected server knows, and neither waits for a server that is silent nor prints what is wrong.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private ModuleLab _lab = null!;
    private ModuleRunspace _runspace = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await ModuleLab.StartAsync();
        _runspace = _lab.OpenConnected();
    }

    [Fact]
    public void Names_of_hosts_that_are_there_complete_an_argument()
    {
        SmallVch.Prepare(_runspace);
        _runspace.Run($"$null = New-VCH -Name team-a {SmallVch.InCluster}; $null = New-VCH -Name other {SmallVch.InCluster}").AssertSucceeded();

        Assert.Equal(["team-a"], Complete("Get-VCH te"));
        Assert.Equal(["other", "team-a"], Complete("Remove-VCH -Force -VCH "));
        Assert.Equal(["team-a"], Complete("Get-ContainerVM -VCH 'team"));
    }

    [Theory]
    [InlineData("New-VCH -Name x -Datastore data", "datastore1")]
    [InlineData("New-VCH -Name x -ImageStore data", "datastore1")]
    [InlineData("Test-VCH -BridgeNetwork bri", "bridge")]
    [InlineData("New-VCH -Location Clu", "Cluster")]
    [InlineData("Set-VCHFirewall Clu", "Cluster")]
    [InlineData("New-VCH -Datacenter ", "Datacenter")]
    public void Names_of_the_inventory_complete_an_argument(string line, string expected) => Assert.Contains(expected, Complete(line));

    [Fact]
    public void What_is_offered_for_a_network_can_be_a_network_and_what_is_offered_for_a_location_is_no_root_pool()
    {
        Assert.All(Complete("New-VCH -BridgeNetwork "), name => Assert.DoesNotContain("uplink", name, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Resources", Complete("New-VCH -Location "));
    }

    [Fact]
    public void A_name_that_holds_spaces_is_quoted() => Assert.Contains("'VM Network'", Complete("New-VCH -PublicNetwork VM"));

    [Fact]
    public void Servers_and_tasks_of_the_session_complete_an_argument()
    {
        SmallVch.Prepare(_runspace);
        var id = _runspace.Run($"$task = New-VCH -Name x {SmallVch.InCluster} -RunAsync; $task.Id; $null = Wait-VICTask $task").AssertSucceeded().Text;

        Assert.Equal([$"{_lab.Facts.Server}:{_lab.Facts.Port}"], Complete("Get-VCH -Server 127"));
        Assert.Equal([id], Complete("Wait-VICTask "));
    }

    [Fact]
    public async Task A_session_of_PowerCLIs_completes_as_our_own_does_and_stays_open()
    {
        using var user = await PowerCliUser.ConnectAsync(_lab);
        using var runspace = user.Open(_lab);
        runspace.Run("Get-VCH").AssertSucceeded();

        Assert.Contains("datastore1", Complete("New-VCH -Datastore d", runspace));
        await user.AssertSessionIsOpenAsync();
    }

    [Fact]
    public void A_server_that_does_not_answer_completes_nothing_and_prints_nothing()
    {
        using var answer = new ManualResetEventSlim();
        _lab.Faults.Do(1, () => answer.Wait(Token));

        Assert.Empty(Complete("New-VCH -Name x -Datastore data"));

        answer.Set();
        Assert.Empty(_runspace.Run("$Error").Output);
    }

    [Fact]
    public void Without_a_connection_nothing_is_offered_and_nothing_is_printed()
    {
        using var runspace = new ModuleRunspace();

        Assert.DoesNotContain("datastore1", Complete("New-VCH -Name x -Datastore d", runspace));
        Assert.Empty(Complete("Get-VCH -Server x", runspace));
        Assert.Empty(runspace.Run("$Error").Output);
    }

    public async ValueTask DisposeAsync()
    {
        _runspace.Dispose();
        await _lab.DisposeAsync();
    }

    private IReadOnlyList<string> Complete(string line) => Complete(line, _runspace);

    // Where an argument completer has nothing to offer, PowerShell offers files.
    private static IReadOnlyList<string> Complete(string line, ModuleRunspace runspace)
    {
        runspace.Set("line", line);
        var found = Assert.Single(runspace.Run("TabExpansion2 -inputScript $line -cursorColumn $line.Length").AssertSucceeded().Output);
        return [.. ((CommandCompletion)found.BaseObject).CompletionMatches.Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.CompletionText)];
    }
}
