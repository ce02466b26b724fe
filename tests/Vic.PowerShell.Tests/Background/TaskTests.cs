using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Background;

/// <summary>-RunAsync gives the prompt back, and a task by which the work is looked at, waited for and stopped.</summary>
public sealed class TaskTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_polled_while_it_runs_and_holds_its_result_at_the_end()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        using var go = new ManualResetEventSlim();
        lab.Faults.Do(1, () => go.Wait(Token), "CreateVM_Task");

        var started = runspace.Run($"$task = New-VCH -Name team {SmallVch.InCluster} -RunAsync; $task.Name; $task.State -in 'Queued', 'Running'; $null -eq $task.Result; $null -eq $task.FinishTime");
        go.Set();
        var waited = runspace.Run("($task | Wait-VICTask).Name; $task.State; $task.PercentComplete; $task.Result.Name; $task.FinishTime -ge $task.StartTime; (Get-VICTask -State Success).Id -eq $task.Id");

        Assert.Equal("New-VCH team\nTrue\nTrue\nTrue", started.AssertSucceeded().Text);
        Assert.Equal("team\nSuccess\n100\nteam\nTrue\nTrue", waited.AssertSucceeded().Text);
    }

    [Fact]
    public async Task A_task_that_fails_keeps_its_error_and_Wait_writes_it()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);

        var result = runspace.Run($"$task = New-VCH -Name team {SmallVch.InCluster.Replace("datastore1", "lost", StringComparison.Ordinal)} -RunAsync; $task | Wait-VICTask; $task.State");

        Assert.Contains("lost", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("Error", result.Text);
    }

    [Fact]
    public async Task A_task_that_is_stopped_takes_back_what_it_had_begun()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        using var reached = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        lab.Faults.Do(
            1,
            () =>
            {
                reached.Set();
                go.Wait(Token);
            },
            "CreateVM_Task");

        runspace.Run($"$task = New-VCH -Name team {SmallVch.InCluster} -RunAsync").AssertSucceeded();
        reached.Wait(Token);
        var stopped = runspace.Run("Stop-VICTask $task.Id -WhatIf -PassThru; (Stop-VICTask $task.Id -PassThru).Id -eq $task.Id").AssertSucceeded();
        go.Set();
        var waited = runspace.Run("Wait-VICTask $task; $task.State; @(Get-VCH).Count; $task | Stop-VICTask -PassThru");

        Assert.Equal("True", stopped.Text);
        waited.AssertError("Cancelled");
        Assert.Equal("Error\n0", waited.Text);
    }

    [Fact]
    public async Task A_removal_runs_in_the_background_as_well_and_a_wait_that_is_stopped_does_not_stop_it()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        runspace.Run($"$null = New-VCH -Name team {SmallVch.InCluster}").AssertSucceeded();
        using var reached = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        lab.Faults.Do(
            1,
            () =>
            {
                reached.Set();
                go.Wait(Token);
            },
            "PowerOffVM_Task");

        runspace.Run("$task = Remove-VCH team -Force -Confirm:$false -RunAsync").AssertSucceeded();
        reached.Wait(Token);
        using (var waiting = runspace.Prepare("Wait-VICTask $task"))
        {
            _ = waiting.BeginInvoke();
            await waiting.StopAsync(null, null).WaitAsync(Long, Token);
        }

        go.Set();

        Assert.Equal("Success\n0", runspace.Run("Wait-VICTask $task; $task.State; @(Get-VCH).Count").AssertSucceeded().Text);
        runspace.Run("Wait-VICTask lost").AssertError("NotFound");
    }
}
