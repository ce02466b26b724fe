using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Sessions;

/// <summary>Runspaces of one process do not see each other's connections, and work at the same time.</summary>
public sealed class RunspaceTests
{
    [Fact]
    public async Task Each_runspace_has_its_own_servers_and_tasks()
    {
        await using var lab = await ModuleLab.StartAsync();
        await using var other = await ModuleLab.StartAsync();
        using var first = lab.OpenConnected();
        using var second = other.OpenConnected();
        using var third = lab.Open();

        Assert.Equal($"{lab.Facts.Port}", first.Run("(Get-VCH -Server 127.* -Name none*), $server.Port").AssertSucceeded().Text.Trim());
        third.Run("Get-VCH").AssertError("NotConnected");
        SmallVch.Prepare(first);
        first.Run($"$null = New-VCH -Name here {SmallVch.InCluster} -RunAsync | Wait-VICTask").AssertSucceeded();
        Assert.Single(first.Run("Get-VICTask").Output);
        Assert.Empty(second.Run("Get-VICTask; Get-VCH").AssertSucceeded().Output);
        second.Run("Disconnect-VICServer").AssertSucceeded();
        Assert.Equal("here", first.Run("Get-VCH").AssertSucceeded().Text);
    }

    [Fact]
    public async Task Runspaces_of_ForEach_Parallel_work_at_once_with_a_server_that_they_are_given()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        runspace.Set("options", SmallVch.InCluster);

        var result = runspace.Run(
            """
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:manifest
                $iso = $using:iso
                $server = $using:server
                $null = & ([scriptblock]::Create("New-VCH -Name team-$_ -Server `$server $using:options"))
                (Get-VCH "team-$_" -Server $server).Name
            }
            """).AssertSucceeded();

        Assert.Equal(["team-1", "team-2", "team-3", "team-4"], result.Output.Select(name => name.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(4, runspace.Run("Get-VCH team-*").AssertSucceeded().Output.Count);
    }
}
