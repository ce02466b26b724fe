using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.PowerCli;

/// <summary>A session of PowerCLI's is joined, told about, and never ended.</summary>
public sealed class PowerCliSessionTests
{
    [Fact]
    public async Task Default_servers_are_joined_without_a_login_and_come_before_our_own()
    {
        await using var lab = await ModuleLab.StartAsync();
        await using var other = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab);
        runspace.Set("address", other.Facts.Server);
        runspace.Set("port", other.Facts.Port);
        runspace.Set("thumbprint", other.Facts.Thumbprint);
        runspace.Set("credential", other.Credential);
        runspace.Run(ModuleLab.Connect).AssertSucceeded();
        lab.Faults.Reset();
        other.Faults.Reset();

        runspace.Run("Get-VCH; Get-ContainerVM").AssertSucceeded();

        Assert.DoesNotContain(lab.Faults.Calls, call => call.Method is "Login" or "Logout");
        Assert.Contains(lab.Faults.Calls, call => call.Method == "RetrievePropertiesEx");
        Assert.Empty(other.Faults.Calls);
    }

    [Fact]
    public async Task A_joined_session_is_open_after_all_that_we_do()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using (var runspace = user.Open(lab))
        {
            runspace.Run("Get-VCH -Server $DefaultVIServer; Disconnect-VICServer; Remove-Module VIC").AssertSucceeded();
        }

        await user.AssertSessionIsOpenAsync();
    }

    [Fact]
    public async Task A_session_that_has_ended_is_reported_when_it_is_PowerCLIs_and_renewed_when_it_is_ours()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var joined = user.Open(lab);
        using var own = lab.OpenConnected();
        joined.Run("Get-VCH").AssertSucceeded();

        lab.ExpireSessions();

        var error = joined.Run("Get-VCH").AssertError("SessionEnded");
        Assert.Contains("PowerCLI", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Connect again with Connect-VIServer.", error.ErrorDetails.RecommendedAction);
        own.Run("Get-VCH").AssertSucceeded();
    }

    [Theory]
    [InlineData("Ignore", null, false)]
    [InlineData("Warn", null, true)]
    [InlineData("Fail", "UntrustedCertificate", false)]
    [InlineData("Prompt", "UntrustedCertificate", false)]
    [InlineData("Unset", "UntrustedCertificate", false)]
    public async Task What_PowerCLI_was_told_about_invalid_certificates_holds_for_its_sessions(string action, string? errorId, bool isWarned)
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab, action);

        var result = runspace.Run("Get-VCH");

        Assert.Equal(errorId, result.Errors.SingleOrDefault()?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(isWarned, result.Warnings.Count == 1);
    }

    [Fact]
    public async Task A_server_that_is_named_wrongly_is_told_and_the_others_are_asked()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        lab.Faults.Reset();

        var result = runspace.Run("Get-VCH -Server elsewhere, 127.*; 'next'");

        var error = result.AssertError("NotFound");
        Assert.Contains($"'{lab.Facts.Server}:{lab.Facts.Port}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("next", result.Text);
        Assert.NotEmpty(lab.Faults.Calls);
    }

    [Fact]
    public async Task The_secret_of_a_session_is_in_no_stream()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var user = await PowerCliUser.ConnectAsync(lab);
        using var runspace = user.Open(lab);
        lab.ExpireSessions();

        var everything = runspace.Run(
            "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; Get-VCH *>&1; $Error | ForEach-Object { $_.Exception.ToString() }").Text;

        Assert.Contains("Joining the session", everything, StringComparison.Ordinal);
        Assert.Contains("has ended", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Server.SessionSecret, everything, StringComparison.Ordinal);
    }
}
