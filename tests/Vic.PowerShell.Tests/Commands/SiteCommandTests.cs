namespace Vic.PowerShell.Tests.Commands;

/// <summary>A site is looked at with Test-VCH, and made ready with Set-VCHFirewall.</summary>
public sealed class SiteCommandTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Firewall =
        "(Test-VCH -Name tested -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376) -match '^Firewall'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_firewall_is_closed_only_when_asked_for_and_its_check_follows_it()
    {
        var script = $$"""
            Set-VCHFirewall Cluster -Deny -WhatIf
            "{{"planned: $(" + Firewall + ")"}}"
            $denied = Set-VCHFirewall Cluster -Deny
            "{{"denied: $(" + Firewall + ")"}}"
            $allowed = Set-VCHFirewall Cluster -Allow
            "{{"allowed: $(" + Firewall + ")"}}"
            $again = Set-VCHFirewall Cluster -Allow
            "was: $($denied.WasAllowed) $($allowed.WasAllowed) $($again.WasAllowed)"
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("planned: Firewall: Passed", output, StringComparison.Ordinal);
        Assert.Contains("denied: Firewall: Warning", output, StringComparison.Ordinal);
        Assert.Contains("allowed: Firewall: Passed", output, StringComparison.Ordinal);
        Assert.Contains("was: True True False False True True", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_is_a_row_and_no_error()
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + "$failed = (Test-VCH -Name tested -Location Cluster -ImageStore lost -BridgeNetwork bridge -NoTls) -match 'Failed'\n"
            + "\"failed: $failed by -$($failed.Parameter)\"",
            Cancellation);

        Assert.Contains("failed: ImageStore: Failed by -Datastore", result.EnsureSuccess().Output, StringComparison.Ordinal);
    }
}
