namespace Vic.PowerShell.Tests.Commands;

/// <summary>Certificates are made without a server, found in a VCH without its endpoint, and given to each client by itself.</summary>
public sealed class CertificateCommandTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Ecdsa = " -CertificateKeyAlgorithm Ecdsa";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificates_made_before_are_those_of_the_VCH_and_every_further_client_has_its_own()
    {
        const string script = $$"""
            $made = New-VCHCertificate -Name certified -TlsCommonName vch.example.org, 127.0.0.1 -CertificatePath certificates{{Ecdsa}}
            $bob = New-VCHCertificate -Name certified -ClientName bob -CertificatePath certificates{{Ecdsa}}
            $vch = New-VCH -Name certified -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -CertificatePath certificates -NoWait -WarningAction SilentlyContinue
            $held = $vch | Get-VCHCertificate
            "made: $($made.Kind)"
            "bob: $($bob.Kind) $($bob.Subject)"
            "held: $($held.Kind)"
            "same server: $(($made -match 'vch.example').Thumbprint -eq $held[0].Thumbprint)"
            "names: $($held[0].Names)"
            "days: $($held[0].DaysLeft)"
            foreach ($file in [System.IO.Directory]::GetFiles('certificates/bob')) { "file: $([System.IO.Path]::GetFileName($file))" }
            $vch | Remove-VCH -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var lines = result.EnsureSuccess().Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("made: ClientAuthority Server Client", lines);
        Assert.Contains("bob: Client O=certified,CN=bob", lines);
        Assert.Contains("held: Server ClientAuthority Client Client", lines);
        Assert.Contains("same server: True", lines);
        Assert.Contains("names: vch.example.org 127.0.0.1", lines);
        Assert.Contains("days: 363", lines);
        Assert.Equal(
            ["file: ca.pem", "file: cert.pem", "file: cert.pfx", "file: key.pem"], lines.Where(line => line.StartsWith("file: ", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_certificate_is_revoked_by_the_name_of_its_client_its_thumbprint_its_file_and_its_number()
    {
        const string script = $$"""
            New-VCHCertificate -Name revoked -TlsCommonName 127.0.0.1{{Ecdsa}} > $null
            $clients = foreach ($name in 'amy', 'bob', 'cem') { New-VCHCertificate -Name revoked -ClientName $name{{Ecdsa}} }
            $vch = New-VCH -Name revoked -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -NoWait -WarningAction SilentlyContinue
            $vch | Revoke-VCHCertificate -ClientName amy -WhatIf
            "before: $(@(Get-VCHCertificate revoked | ForEach-Object { $_.IsRevoked }) -contains $true)"
            $vch | Revoke-VCHCertificate -ClientName amy -Confirm:$false
            Revoke-VCHCertificate revoked -Thumbprint $clients[1].Thumbprint -Confirm:$false
            Revoke-VCHCertificate revoked -Path revoked/cem/cert.pem -Confirm:$false
            $all = Revoke-VCHCertificate revoked -SerialNumber 0A0B -PassThru -Confirm:$false
            "all: $($all.Count) $($all[0].IsRevoked)"
            foreach ($held in Get-VCHCertificate revoked) { "held: $($held.Kind) $($held.Subject) $($held.IsRevoked)" }
            try { Revoke-VCHCertificate revoked -ClientName dan -Confirm:$false } catch { "unknown: $($_.FullyQualifiedErrorId)" }
            $vch | Remove-VCH -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var lines = result.EnsureSuccess().Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("before: False", lines);
        Assert.Contains("all: 4 True", lines);
        Assert.All(
            new[] { "O=revoked,CN=amy True", "O=revoked,CN=bob True", "O=revoked,CN=cem True", " True", "O=revoked,CN=docker client False" },
            held => Assert.Contains($"held: Client {held}", lines));
        Assert.Contains("unknown: NoClientCertificate,Vic.PowerShell.Commands.RevokeVchCertificateCommand", lines);
    }

    [Theory]
    [InlineData("New-VCHCertificate -Name x -TlsCommonName 'no name'", "'no name' is neither a DNS name nor an IP address.")]
    [InlineData("New-VCHCertificate -Name x -TlsCommonName x -CertificateKeySize 100", "An RSA key has 2048")]
    [InlineData("New-VCHCertificate -Name x -ClientName bob -CertificatePath nothing-here -Destination x", "holds no certificates of a VCH")]
    public async Task What_cannot_be_made_is_refused_before_a_file_is_written(string command, string message)
    {
        var result = await lab.RunAsync(
            $"try {{ {command} }} catch {{ $_.Exception.Message }}\n\"written: $([System.IO.Directory]::Exists('x'))\"", Cancellation);

        Assert.Contains(message, result.Output, StringComparison.Ordinal);
        Assert.Contains("written: False", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_of_a_VCH_tells_of_its_certificates_as_they_are_now_and_when_it_is_gone()
    {
        const string script = $$"""
            $vch = New-VCH -Name fading -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376{{Ecdsa}} -NoWait -WarningAction SilentlyContinue
            $before = ($vch | Get-VCHCertificate)[0].Thumbprint
            $vch | Set-VCH -RenewCertificate -Timeout 1 -WarningAction SilentlyContinue
            "renewed: $(($vch | Get-VCHCertificate)[0].Thumbprint -ne $before)"
            Remove-VCH fading -Force -Confirm:$false
            try { $vch | Get-VCHCertificate } catch { "gone: $($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("renewed: True", output, StringComparison.Ordinal);
        Assert.Contains(
            "gone: ObjectGone,Vic.PowerShell.Commands.GetVchCertificateCommand The VCH 'fading' is no longer there.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        const string command = $"New-VCHCertificate -Name twice -TlsCommonName 127.0.0.1{Ecdsa}";

        var result = await lab.RunAsync($"$first = {command}\n{command}", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ca.pem", result.Error, StringComparison.Ordinal);
    }
}
