using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>The reports tell what is so, in objects, in a file and by their exit status.</summary>
public sealed class ReportTests(ExampleLab lab) : IClassFixture<ExampleLab>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_compliance_report_names_each_rule_that_a_VCH_breaks()
    {
        const string show = "row: $($_.VCH) $($_.Rule) $($_.IsCompliant) $($_.Detail)";
        await lab.RunConnectedAsync(
            $"$null = New-VCH -Name loose {ExampleLab.SmallVch} -NoTlsVerify -DebugLevel 2 -VolumeStore @{{ default = 'datastore1/loose' }} "
            + $"-ContainerNetwork @{{ Network = 'VM Network'; Alias = 'wide'; Firewall = 'Open' }} -Force -CertificatePath '{_folder["loose"]}'\n"
            + $"$null = New-VCH -Name strict {ExampleLab.SmallVch} -CpuLimitMhz 3000 -MemLimitGB 4 -VolumeStore @{{ default = 'datastore1/strict' }} -CertificatePath '{_folder["strict"]}'");
        await lab.AgeAsync("loose");

        var loose = await lab.RunExampleAsync("compliance-report", $"-Name loose -AllowedDatastore backup-* -Days 400 -Path '{_folder["report.csv"]}'", show);
        var strict = await lab.RunExampleAsync("compliance-report", "-Name strict -AllowedDatastore datastore*", show);
        await lab.RunConnectedAsync("Get-VCH loose, strict | Remove-VCH -Force -Confirm:$false");

        Assert.Equal(2, loose.ExitCode);
        Assert.All(
            new[]
            {
                "row: loose Tls False clients need no certificate", "row: loose Certificates False Server", "row: loose Firewall False 'wide' is open",
                "row: loose VolumeStores False 'default' is on 'datastore1'", "row: loose Limits False processors have no limit; memory has no limit",
                "row: loose Version False v0.0.9", "row: loose Debug False the level is 2",
            },
            row => Assert.Contains(row, loose.Output, StringComparison.Ordinal));
        Assert.Contains("\"loose\",\"Debug\",\"False\",\"the level is 2\"", await File.ReadAllTextAsync(_folder["report.csv"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("False", strict.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Equal(7, strict.Output.Split("row: strict").Length - 1);
    }

    [Fact]
    public async Task The_capacity_report_tells_which_VCH_is_near_a_limit()
    {
        const string show = "row: $($_.Name) $($_.Containers) $($_.CpuLimitMhz) $($_.IsNearLimit)";
        await lab.RunConnectedAsync($"$null = New-VCH -Name narrow {ExampleLab.SmallVch} -CpuLimitMhz 3000 -MemLimitGB 4 -CertificatePath '{_folder["narrow"]}'");

        var near = await lab.RunExampleAsync("capacity-report", $"-Name narrow -WarnPercent 0 -Path '{_folder["capacity.csv"]}'", show);
        var far = await lab.RunExampleAsync("capacity-report", "-Name narrow -WarnPercent 100", show);
        await lab.RunConnectedAsync("Remove-VCH narrow -Force -Confirm:$false");

        Assert.Equal(2, near.ExitCode);
        Assert.Contains("row: narrow 0 3000 True", near.Output, StringComparison.Ordinal);
        Assert.Contains("row: narrow 0 3000 False", far.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Contains("\"narrow\",\"0\"", await File.ReadAllTextAsync(_folder["capacity.csv"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
