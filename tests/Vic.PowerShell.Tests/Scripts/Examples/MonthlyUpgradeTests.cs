using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>monthly-upgrade.ps1 updates what is behind, and goes back where a check fails.</summary>
public sealed class MonthlyUpgradeTests(ExampleLab lab) : IClassFixture<ExampleLab>, IDisposable
{
    private const string Show = "row: $($_.Name) $($_.Result) $($_.Message)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_VCH_is_updated_with_its_configuration_kept_and_a_second_run_changes_nothing()
    {
        await DeployAsync("ageing");
        var arguments = ArgumentsFor("ageing");

        var planned = await lab.RunExampleAsync("monthly-upgrade", arguments + " -WhatIf", Show);
        var updated = await lab.RunExampleAsync("monthly-upgrade", arguments, Show);
        var again = await lab.RunExampleAsync("monthly-upgrade", arguments, Show);
        await lab.RunConnectedAsync("Remove-VCH ageing -Force -Confirm:$false");

        Assert.Equal(2, planned.ExitCode);
        Assert.Contains("row: ageing WhatIf", planned.Output, StringComparison.Ordinal);
        Assert.Contains("row: ageing Updated", updated.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Contains("row: ageing UpToDate", again.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["before/ageing.json"]));
    }

    [Fact]
    public async Task A_VCH_that_fails_a_check_has_its_old_version_again_and_those_after_it_stay_as_they_are()
    {
        await DeployAsync("failing-1");
        await DeployAsync("failing-2");

        var result = await lab.RunExampleAsync("monthly-upgrade", ArgumentsFor("failing-*") + " -Check { param($vch) throw \"$vch is slow\" }", Show);
        var versions = await lab.RunConnectedAsync(
            "foreach ($vch in Get-VCH failing-*) { \"$vch $($vch.Version)\" }\nGet-VCH failing-* | Remove-VCH -Force -Confirm:$false");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Restored failing-", result.Output.Replace("row: failing-1 ", "", StringComparison.Ordinal).Replace("row: failing-2 ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Skipped An earlier one could not be updated.", result.Output, StringComparison.Ordinal);
        Assert.Contains("failing-1 v0.0.9", versions, StringComparison.Ordinal);
        Assert.Contains("failing-2 v0.0.9", versions, StringComparison.Ordinal);
    }

    private async Task DeployAsync(string name)
    {
        await lab.RunConnectedAsync($"$null = New-VCH -Name {name} {ExampleLab.SmallVch} -CertificatePath '{_folder[name]}'");
        await lab.AgeAsync(name);
    }

    private string ArgumentsFor(string names) => $"-BackupPath '{_folder["before"]}' -Name {names} -Timeout 1 -WarningAction SilentlyContinue";
}
