using System.Runtime.CompilerServices;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>Each It of the compliance suite passes for a VCH that keeps the rules, and fails for one that breaks its rule.</summary>
public sealed class ComplianceSuiteTests(ComplianceSuiteRun run) : IClassFixture<ComplianceSuiteRun>
{
    [Fact]
    public void Clients_need_a_certificate_that_the_VCH_trusts() => AssertToldApart();

    [Fact]
    public void No_certificate_expires_within_30_days() => AssertToldApart();

    [Fact]
    public void No_container_network_is_open_beyond_need() => AssertToldApart();

    [Fact]
    public void Volume_stores_are_on_allowed_datastores() => AssertToldApart();

    [Fact]
    public void Processors_and_memory_have_limits() => AssertToldApart();

    [Fact]
    public void The_version_is_current() => AssertToldApart();

    [Fact]
    public void The_endpoint_does_not_run_in_debug_mode() => AssertToldApart();

    [Fact]
    public void No_rule_is_looked_at_when_a_name_is_not_there() =>
        Assert.Contains(run.Lines, static line => line.StartsWith("refused: There is no VCH 'lost'.", StringComparison.Ordinal));

    [Fact]
    public void A_run_without_a_VCH_says_so() => Assert.Contains("no VCH: There is no VCH to look at.", run.Lines);

    private void AssertToldApart([CallerMemberName] string test = "")
    {
        var title = PesterSuite.TitlesOf(PesterSuite.Compliance).Single(title => PesterSuite.MethodNameOf(title) == test);
        Assert.True(run.Lines.Contains($"passed: strict: {title}"), run.ToString());
        Assert.True(run.Lines.Any(line => line.StartsWith($"failed: loose: {title}: got ", StringComparison.Ordinal)), run.ToString());
    }
}
