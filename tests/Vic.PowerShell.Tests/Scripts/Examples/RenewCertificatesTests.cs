using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>renew-certificates.ps1 replaces what expires soon, and nothing else.</summary>
public sealed class RenewCertificatesTests(ExampleLab lab) : IClassFixture<ExampleLab>, IDisposable
{
    private const string Show = "row: $($_.Kind) $($_.Result)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Certificates_that_expire_soon_are_renewed_and_an_authority_is_told()
    {
        var folder = _folder["renewing"];
        var arguments = $"-CertificateRoot '{_folder.Path}' -Name renewing -Timeout 1 -WarningAction SilentlyContinue";
        var held = $"Get-VCHCertificate renewing -CertificatePath '{folder}' | ForEach-Object {{ \"$($_.Kind) $($_.Thumbprint)\" }}";
        var before = Lines(await lab.RunConnectedAsync($"$null = New-VCH -Name renewing {ExampleLab.SmallVch} -CertificatePath '{folder}'\n{held}"));

        var early = await lab.RunExampleAsync("renew-certificates", arguments, Show);
        var planned = await lab.RunExampleAsync("renew-certificates", arguments + " -Days 400 -WhatIf", Show);
        var untouched = Lines(await lab.RunConnectedAsync(held));
        var late = await lab.RunExampleAsync("renew-certificates", arguments + " -Days 400", Show);
        var after = Lines(await lab.RunConnectedAsync(held));
        var calm = await lab.RunExampleAsync("renew-certificates", arguments, Show);
        await lab.RunConnectedAsync("Remove-VCH renewing -Force -Confirm:$false");

        Assert.DoesNotContain("row:", early.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Equal(2, planned.ExitCode);
        Assert.Contains("row: Server WhatIf", planned.Output, StringComparison.Ordinal);
        Assert.Equal(before, untouched);
        Assert.Equal(2, late.ExitCode);
        Assert.All(
            new[] { "row: Server Renewed", "row: Client Renewed", "row: ClientAuthority ByHand" },
            row => Assert.Contains(row, late.Output, StringComparison.Ordinal));
        Assert.Equal(before.Single(IsServer).Length, after.Single(IsServer).Length);
        Assert.NotEqual(before.Single(IsServer), after.Single(IsServer));
        Assert.Equal(2, after.Count(line => line.StartsWith("Client ", StringComparison.Ordinal)));
        Assert.DoesNotContain("row:", calm.EnsureSuccess().Output, StringComparison.Ordinal);
    }

    private static bool IsServer(string line) => line.StartsWith("Server ", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
