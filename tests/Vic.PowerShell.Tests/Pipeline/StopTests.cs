using System.Management.Automation;
using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Pipeline;

/// <summary>Ctrl+C ends a cmdlet although the server does not answer the call that it waits for, whichever call that is.</summary>
public sealed class StopTests
{
    // What the server would be waited for without the stop.
    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Connect-VICServer -Server $address -Port $port -Credential $credential -Thumbprint $thumbprint")]
    [InlineData("Get-VCH")]
    [InlineData("Get-ContainerVM")]
    [InlineData("Get-VCHCertificate team")]
    [InlineData("Test-VCH -Name other -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -NoTls")]
    [InlineData("New-VCH -Name other -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -NoTls -WhatIf")]
    [InlineData("Remove-VCH team -WhatIf")]
    [InlineData("Enter-VCH team")]
    [InlineData("Set-VCHFirewall Cluster -Allow -WhatIf")]
    public async Task A_cmdlet_that_reads_stops_at_every_call(string command)
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        lab.Faults.Reset();
        runspace.Run(command);
        var calls = lab.Faults.CallCount;

        for (var number = 1; number <= calls; number++)
        {
            lab.Faults.Reset();
            await StopAtCallAsync(lab, runspace, command, number, method: null);
        }

        Assert.True(calls > 0, "the command asks the server nothing");
    }

    [Theory]
    [InlineData("CreateResourcePool")]
    [InlineData("CreateFolder")]
    [InlineData("CreateVM_Task")]
    public async Task A_deployment_that_is_stopped_leaves_nothing(string method)
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        var command = $"New-VCH -Name team {SmallVch.InCluster}";

        await StopAtCallAsync(lab, runspace, command, number: 1, method, isAnsweredAfterwards: true);

        Assert.Empty(runspace.Run("Get-VCH").AssertSucceeded().Output);
        runspace.Run(command).AssertSucceeded();
    }

    private static async Task StopAtCallAsync(
        ModuleLab lab, ModuleRunspace runspace, string command, int number, string? method, bool isAnsweredAfterwards = false)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answer = new ManualResetEventSlim();
        lab.Faults.Do(
            number,
            () =>
            {
                reached.SetResult();
                answer.Wait(Forever, Token);
            },
            method);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runspace.Set("stopped", stopped);
        using var shell = runspace.Prepare($"{command} | Watch-Stop $stopped");
        var running = shell.InvokeAsync();
        await Task.WhenAny(reached.Task, running).WaitAsync(Forever, Token);
        Assert.True(reached.Task.IsCompleted, $"{command} does not make call {number} of {method ?? "any method"}.");

        var stopping = shell.StopAsync(null, null);
        await stopped.Task.WaitAsync(Forever, Token);
        if (isAnsweredAfterwards)
        {
            answer.Set();
        }

        await stopping.WaitAsync(TimeSpan.FromMinutes(5), Token);

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
        answer.Set();
    }
}
