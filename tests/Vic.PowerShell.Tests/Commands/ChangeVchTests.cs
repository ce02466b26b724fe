namespace Vic.PowerShell.Tests.Commands;

/// <summary>A VCH is changed by Set-VCH, updated and brought back: -WhatIf tells what would happen, and what cannot happen is refused in words.</summary>
public sealed class ChangeVchTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Deploy =
        "$vch = New-VCH -Name changing -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 "
        + "-CertificateKeyAlgorithm Ecdsa -NoWait -WarningAction SilentlyContinue\n";

    private const string Remove = "\n$vch | Remove-VCH -Force -Confirm:$false";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIf_shows_each_difference_and_whether_it_takes_a_restart()
    {
        const string script = """
            $vch | Set-VCH -CpuLimitMhz 3000 -MemSharesLevel High -WhatIf
            $vch | Set-VCH -EndpointMemoryGB 4 -HttpProxy http://proxy.example.org:3128 -CpuLimitMhz 3000 -WhatIf
            $vch | Set-VCH -WhitelistRegistry '*.example.org', 10.0.0.0/8 -StorageQuotaGB 1 -ContainerLimit 20 -NumCpuShares 1234 -UseVMGroup -WhatIf
            $vch | Set-VCH -VolumeStore @{ default = 'datastore1/volumes' } -WhatIf
            $vch | Set-VCH -ContainerNetwork @{ Network = 'VM Network'; Alias = 'db'; Gateway = '10.10.0.1/24'; IPRange = '10.10.0.10-99'; DnsServer = '10.10.0.2'; Firewall = 'Closed' } -WhatIf
            $vch | Set-VCH -NoTlsVerify -Organization Operations -CertificateKeySize 384 -WhatIf
            $vch | Update-VCH -Force -WhatIf
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script + Remove, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("Change, without a restart: CpuLimitMhz: none -> 3000; MemSharesLevel: Normal -> High", output, StringComparison.Ordinal);
        Assert.Contains(
            "Change, restarting the endpoint VM while containers run on: CpuLimitMhz: none -> 3000; EndpointMemoryGB: 2 -> 4; HttpProxy: none -> http://proxy.example.org:3128",
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            "UseVMGroup: false -> true; CpuSharesLevel: Normal -> Custom (1234); WhitelistRegistry: none -> *.example.org, 10.0.0.0/8; ContainerLimit: none -> 20; StorageQuotaGB: none -> 1",
            output,
            StringComparison.Ordinal);
        Assert.Contains("VolumeStore: none -> default at ds://datastore1/volumes", output, StringComparison.Ordinal);
        Assert.Contains(
            "ContainerNetwork: none -> db on 'VM Network' (gateway 10.10.0.1/24, 10.10.0.10-10.10.0.99, DNS 10.10.0.2, Closed)", output, StringComparison.Ordinal);
        Assert.Contains("NoTlsVerify: false -> true; Certificate: 127.0.0.1: until 2", output, StringComparison.Ordinal);
        Assert.Contains("Update from v", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_without_a_restart_is_changed_at_once_and_a_second_time_nothing_is()
    {
        const string script = """
            $changed = $vch | Set-VCH -CpuLimitMhz 3000 -PassThru
            "changed: $($changed.Name) $($changed.UpgradeStatus)"
            $again = Set-VCH changing -CpuLimitMhz 3000 -PassThru -WarningVariable told -WarningAction SilentlyContinue
            "again: $($again.Name) $told"
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script + Remove, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("changed: changing UpToDate", output, StringComparison.Ordinal);
        Assert.Contains("again: changing 'changing' is as asked already; nothing was changed.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_with_a_restart_is_made_and_Restore_takes_it_back()
    {
        // Nobody plays this lab's guest, so the endpoint does not answer before, and need not answer after.
        const string script = """
            $vch | Set-VCH -DnsServer 192.0.2.53 -DebugLevel 2 -Timeout 1 -WarningAction SilentlyContinue
            "level: $((Get-VCH changing).DebugLevel)"
            $debug = Disable-VCHDebug changing -Timeout 1 -WarningAction SilentlyContinue
            "disabled: $($debug.Enabled) $($debug.LogFile)"
            Restore-VCH changing -WhatIf
            $back = Restore-VCH changing -Timeout 1 -PassThru -Confirm:$false -WarningAction SilentlyContinue
            "restored: $($back.DebugLevel)"
            try { Restore-VCH changing -Confirm:$false } catch { "refused: $($_.FullyQualifiedErrorId)" }
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script + Remove, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("level: 2", output, StringComparison.Ordinal);
        Assert.Contains("disabled: False [datastore1] changing/tether.debug", output, StringComparison.Ordinal);
        Assert.Contains("before 'reconfigure for v", output, StringComparison.Ordinal);
        Assert.Contains("restored: 2", output, StringComparison.Ordinal);
        Assert.Contains("refused: NothingToRestore,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-VCH changing", "Set-VCH: Nothing to change was passed.")]
    [InlineData("Set-VCH changing -CpuSharesLevel Custom -DnsServer nowhere", "-CpuSharesLevel: Custom shares need a number: pass -NumCpuShares.")]
    [InlineData("Set-VCH changing -RenewCertificate -CertificatePath elsewhere", "does not hold the authority of 'changing'")]
    [InlineData("Set-VCH changing -ContainerNetwork @{ Network = 'bridge'; Colour = 'red' }", "-ContainerNetwork knows no 'Colour'")]
    [InlineData("Set-VCH changing -ContainerNetwork @{ Network = 'bridge'; Alias = 'mine' }", "'bridge' is the bridge network already")]
    [InlineData("Set-VCH changing -TlsServerCertificate own.pem -NewAuthority", "A server certificate of your own is taken as it is")]
    [InlineData("Set-VCH changing -TlsServerCertificate own.pem -TlsCA ca.pem", "pass -TlsServerKey beside -TlsServerCertificate")]
    [InlineData("Set-VCH changing -NoTlsVerify -TlsCA ca.pem", "-NoTlsVerify lets in every client")]
    [InlineData("Set-VCH changing -Configuration @{ Nmae = 'x' }", "'Nmae' is no property of a configuration")]
    [InlineData("Set-VCH changing -Configuration @{ BridgeNetwork = 'VM Network' }", "the configuration asks for \"VM Network\", and a VCH keeps that for life")]
    [InlineData("Enable-VCHDebug changing -EnableSsh", "the endpoint of this product has no SSH server")]
    [InlineData("Update-VCH changing -ApplianceIso no-such.iso", "The ISO file")]
    public async Task What_cannot_be_done_is_refused_and_changes_nothing(string command, string message)
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + Deploy + $"try {{ {command} }} catch {{ \"refused: $($_.Exception.Message)\" }}\n\"status: $((Get-VCH changing).UpgradeStatus)\"" + Remove,
            Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains(message.Replace("Set-VCH: ", "", StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.Contains("status: UpToDate", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_change_broke_off_ResetProgress_says_so()
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + Deploy + "$vch | Set-VCH -ResetProgress -WarningVariable told -WarningAction SilentlyContinue\n\"told: $told\"" + Remove, Cancellation);

        Assert.Contains("told: No change of 'changing' broke off; nothing was done.", result.EnsureSuccess().Output, StringComparison.Ordinal);
    }
}
