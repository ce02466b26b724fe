using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>deploy-per-team.ps1 makes what is missing of a list, and all of it or what it can.</summary>
public sealed class DeployPerTeamTests(ExampleLab lab) : IClassFixture<ExampleLab>, IDisposable
{
    private const string Columns = "Name,Location,ImageStore,BridgeNetwork,AdvertisedAddress,CertificateKeyAlgorithm,MemLimitGB,DnsServer,VolumeStore,UseVMGroup";
    private const string Show = "row: $($_.Name) $($_.Result) $($_.Message)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_team_of_the_list_gets_a_VCH_and_a_second_run_changes_nothing()
    {
        var arguments = await WriteListAsync(
            "payroll,Cluster,datastore1,bridge,127.0.0.1:2376,Ecdsa,2,192.0.2.1;192.0.2.2,default=datastore1/payroll;shared=datastore1/both,false",
            "webshop,Cluster,datastore1,bridge,127.0.0.1:2377,Ecdsa,,,,");

        var planned = await lab.RunExampleAsync("deploy-per-team", arguments + " -WhatIf", Show);
        var nothing = await lab.RunConnectedAsync("\"there: $(Get-VCH | Where-Object { $_.Name -eq 'payroll' })\"");
        var made = await lab.RunExampleAsync("deploy-per-team", arguments, Show);
        var again = await lab.RunExampleAsync("deploy-per-team", arguments, Show);
        var payroll = await lab.RunConnectedAsync("Export-VCHConfiguration payroll\n'payroll', 'webshop' | ForEach-Object { Remove-VCH (Get-VCH $_) -Force -Confirm:$false }");

        Assert.Contains("row: payroll WhatIf", planned.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Contains("there: \n", nothing, StringComparison.Ordinal);
        Assert.All(new[] { "row: payroll Ready", "row: webshop Ready" }, row => Assert.Contains(row, made.EnsureSuccess().Output, StringComparison.Ordinal));
        Assert.All(new[] { "row: payroll Ready", "row: webshop Ready" }, row => Assert.Contains(row, again.EnsureSuccess().Output, StringComparison.Ordinal));
        Assert.True(File.Exists(_folder["certificates/webshop/ca-key.pem"]));
        Assert.All(
            new[] { "\"MemLimitGB\": 2", "192.0.2.2", "\"shared\": \"ds://datastore1/both\"" },
            setting => Assert.Contains(setting, payroll, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_mistakes_of_a_list_are_told_before_anything_is_created()
    {
        var arguments = await WriteListAsync(
            "first,Cluster,datastore1,bridge,127.0.0.1:2376,Ecdsa,,,nowhere,", "second,,datastore1,bridge,,,,,,perhaps", "second,Cluster,datastore1,bridge,,,,,,");

        var result = await lab.RunExampleAsync("deploy-per-team", arguments, Show);

        Assert.Equal(1, result.ExitCode);
        Assert.All(
            new[] { "line 2: VolumeStore: 'nowhere'", "line 3: Location is empty", "line 3: UseVMGroup: 'perhaps'", "line 4: 'second' is there twice" },
            problem => Assert.Contains(problem, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("row:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_whose_VCH_cannot_be_made_does_not_keep_the_others_from_theirs()
    {
        var arguments = await WriteListAsync("lost,Nowhere,datastore1,bridge,127.0.0.1:2376,Ecdsa,,,,", "found,Cluster,datastore1,bridge,127.0.0.1:2376,Ecdsa,,,,");

        var result = await lab.RunExampleAsync("deploy-per-team", arguments, Show);
        await lab.RunConnectedAsync("Remove-VCH found -Force -Confirm:$false");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("row: lost Failed", result.Output, StringComparison.Ordinal);
        Assert.Contains("row: found Ready", result.Output, StringComparison.Ordinal);
    }

    private async Task<string> WriteListAsync(params string[] lines)
    {
        var list = _folder["teams.csv"];
        await File.WriteAllLinesAsync(list, [Columns, .. lines], TestContext.Current.CancellationToken);
        return $"-Path '{list}' -CertificateRoot '{_folder["certificates"]}' -NoWait";
    }
}
