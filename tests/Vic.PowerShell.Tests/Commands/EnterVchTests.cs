namespace Vic.PowerShell.Tests.Commands;

/// <summary>Enter-VCH points Docker clients at a VCH, Exit-VCH points them back.</summary>
public sealed class EnterVchTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Deploy =
        "$vch = New-VCH -Name entered -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 "
        + "-CertificateKeyAlgorithm Ecdsa -NoWait -WarningAction SilentlyContinue\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variables_are_those_of_the_VCH_until_it_is_left()
    {
        const string script = """
            $env:DOCKER_HOST = 'tcp://elsewhere:2375'
            $env:DOCKER_CONTEXT = 'desktop'
            Enter-VCH entered
            "in: $env:DOCKER_HOST $env:DOCKER_TLS_VERIFY $([System.IO.Path]::GetFileName($env:DOCKER_CERT_PATH)) [$env:DOCKER_CONTEXT]"
            Exit-VCH
            "out: $env:DOCKER_HOST [$env:DOCKER_TLS_VERIFY] [$env:DOCKER_CERT_PATH] $env:DOCKER_CONTEXT"
            Exit-VCH
            $vch | Remove-VCH -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("in: tcp://127.0.0.1:2376 1 entered []", output, StringComparison.Ordinal);
        Assert.Contains("out: tcp://elsewhere:2375 [] [] desktop", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_whose_client_certificate_is_not_here_is_not_entered()
    {
        const string script = """
            $env:DOCKER_HOST = 'tcp://elsewhere:2375'
            try { Enter-VCH entered -CertificatePath nowhere } catch { "refused: $($_.FullyQualifiedErrorId)" }
            "host: $env:DOCKER_HOST"
            $vch | Remove-VCH -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("refused: NoClientCertificate,", output, StringComparison.Ordinal);
        Assert.Contains("host: tcp://elsewhere:2375", output, StringComparison.Ordinal);
    }
}
