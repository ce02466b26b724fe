using Vic.Testing.Networking;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>Connecting says what to do when it cannot be done.</summary>
public sealed class ConnectVicServerTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pinned_thumbprint_and_the_right_password_connect()
    {
        var result = await lab.RunAsync(EmptyLab.Connect + "$server.Name; Disconnect-VICServer $server", Cancellation);

        Assert.Equal(lab.Facts.Server, result.EnsureSuccess().Output.Trim());
    }

    [Fact]
    public async Task An_untrusted_certificate_shows_the_thumbprint_to_pass()
    {
        var result = await lab.RunAsync(
            "Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(lab.Facts.Thumbprint, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_an_authority_of_this_computer_vouches_for_needs_no_thumbprint()
    {
        using var certificate = await ServerCertificate.FetchAsync(new Uri(lab.Facts.Url), Cancellation);
        const string script = """
            $server = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential
            "thumbprint: '$($server.Thumbprint)'"
            "VCHs: $(@(Get-VCH).Count)"
            """;

        var result = await lab.RunAsync(script, Cancellation, authorities: certificate.ExportCertificatePem());

        var lines = result.EnsureSuccess().Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("thumbprint: ''", lines);
        Assert.Contains("VCHs: 0", lines);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_never_shown()
    {
        const string script = """
            $wrong = [securestring]::new()
            foreach ($character in 'not-the-password'.ToCharArray()) { $wrong.AppendChar($character) }
            $refused = [pscredential]::new($env:VIC_TEST_USER, $wrong)
            Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $refused -Thumbprint $env:VIC_TEST_THUMBPRINT -Verbose
            """;

        var result = await lab.RunAsync(script, Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("not-the-password", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("password", result.Error, StringComparison.OrdinalIgnoreCase);
    }
}
