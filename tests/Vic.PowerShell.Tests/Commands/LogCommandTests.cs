namespace Vic.PowerShell.Tests.Commands;

/// <summary>Logs are read line by line, and a support bundle is one file.</summary>
public sealed class LogCommandTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Deploy =
        "$vch = New-VCH -Name logged -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2375 -NoTls -NoWait "
        + "-WarningAction SilentlyContinue\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_New_VCH_has_done_is_read_and_collected()
    {
        const string script = """
            $all = @($vch | Get-VCHLog -Kind Deployment)
            $last = @(Get-VCHLog logged Deployment -Tail 1)
            $files = @(Get-VCHLog logged -List)
            "last: $($last.Count) $($last[0] -eq $all[-1]) $($last[0] -match 'INFO The create is done[.]$')"
            "listed: $(@($files -match '^vic-machine_').Count) $($files[0].VCH)"
            "again: $(@(Get-VCHLog logged -FileName ($files -match '^vic-machine_')[0].FileName).Count -eq $all.Count)"
            Save-VCHSupportBundle logged -Destination bundles -WhatIf
            "planned: $([System.IO.Directory]::Exists('bundles'))"
            $bundle = $vch | Save-VCHSupportBundle -Destination bundles
            "bundle: $($bundle.Name -match '^logged-support-.*[.]zip$') $($bundle.Length -gt 500)"
            try { Get-VCHLog logged -FileName lost.log } catch { "lost: $($_.FullyQualifiedErrorId)" }
            $vch | Remove-VCH -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script, Cancellation);

        var lines = result.EnsureSuccess().Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("last: 1 True True", lines);
        Assert.Contains("listed: 1 logged", lines);
        Assert.Contains("again: True", lines);
        Assert.Contains("planned: False", lines);
        Assert.Contains("bundle: True True", lines);
        Assert.Contains("lost: NoLog,Vic.PowerShell.Commands.GetVchLogCommand", lines);
    }
}
