using System.Management.Automation;
using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Pipeline;

/// <summary><c>-Debug</c> tells what was asked of vSphere.</summary>
public sealed class DebugStreamTests
{
    [Fact]
    public async Task Debug_tells_each_call_to_vSphere_in_order_and_how_it_ended_without_the_password()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.Open();

        var connected = runspace.Run("Connect-VICServer -Server $address -Port $port -Credential $credential -Thumbprint $thumbprint -Debug 5>&1").AssertSucceeded();
        lab.Faults.Reset();
        var listed = runspace.Run("Get-VCH -Debug 5>&1").AssertSucceeded();

        Assert.StartsWith("RetrieveServiceContent on ServiceInstance:ServiceInstance: done after ", Lines(connected)[0], StringComparison.Ordinal);
        Assert.StartsWith("Login on SessionManager:SessionManager: done after ", Lines(connected)[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Lines(connected), line => line.Contains(lab.Facts.Password, StringComparison.Ordinal));
        Assert.Equal(lab.Faults.Calls.Select(call => call.Method), Lines(listed).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Debug_names_the_fault_of_a_call_that_failed()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.Open();
        runspace.Set("credential", new PSCredential(lab.Facts.User, new System.Net.NetworkCredential("", "wrong").SecurePassword));

        var result = runspace.Run(
            "Connect-VICServer -Server $address -Port $port -Credential $credential -Thumbprint $thumbprint -Debug -ErrorAction SilentlyContinue 5>&1");

        Assert.Contains(Lines(result), line => line.StartsWith("Login on SessionManager:SessionManager: InvalidLogin after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_Debug_nothing_is_told()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();

        Assert.Empty(runspace.Run("Get-VCH 5>&1").AssertSucceeded().Output);
    }

    private static List<string> Lines(ScriptResult result) => [.. result.Output.Select(line => line.BaseObject).OfType<DebugRecord>().Select(record => record.Message)];
}
