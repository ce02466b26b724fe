using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Pipeline;

/// <summary>A script can tell errors apart by id, category and target, and an object that fails does not end the pipeline.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("Get-VCH lost", "NotFound,Vic.PowerShell.Commands.GetVchCommand", "ObjectNotFound", "lost", false)]
    [InlineData("Remove-VCH lost -Confirm:$false", "NotFound,Vic.PowerShell.Commands.RemoveVchCommand", "ObjectNotFound", "lost", false)]
    [InlineData("Get-VCH -Server lost", "NotFound,Vic.PowerShell.Commands.GetVchCommand", "ObjectNotFound", "lost", false)]
    [InlineData("Set-VCHFirewall lost -Server lost -Allow", "NotFound,Vic.PowerShell.Commands.SetVchFirewallCommand", "ObjectNotFound", "lost", true)]
    [InlineData("Disconnect-VICServer lost", "NotFound,Vic.PowerShell.Commands.DisconnectVicServerCommand", "ObjectNotFound", "lost", false)]
    [InlineData("Connect-VICServer 127.0.0.1 $credential -Port 1", "ServerUnreachable,Vic.PowerShell.Commands.ConnectVicServerCommand", "ConnectionError", "127.0.0.1", true)]
    [InlineData("Connect-VICServer x $credential -Thumbprint 00", "InvalidThumbprint,Vic.PowerShell.Commands.ConnectVicServerCommand", "InvalidArgument", "00", true)]
    [InlineData("'lost' | Remove-VCH -Confirm:$false", "TextFromPipeline,Vic.PowerShell.Commands.RemoveVchCommand", "InvalidArgument", "lost", true)]
    public async Task An_error_has_an_id_a_category_and_a_target(string script, string id, string category, string target, bool isTerminating)
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();

        var error = Assert.Single(runspace.Run(script).Errors);
        var handled = runspace.Run($"try {{ {script}; 'went on' }} catch {{ 'caught' }}");

        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category.ToString());
        Assert.Equal(target, error.TargetObject?.ToString());
        Assert.Equal(isTerminating ? "caught" : "went on", handled.Text);
    }

    [Fact]
    public void Without_a_connection_a_cmdlet_says_how_to_make_one()
    {
        using var runspace = new ModuleRunspace();

        var error = runspace.Run("Get-VCH").AssertError("NotConnected");

        Assert.Contains("Connect-VICServer", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_nobody_can_answer_and_nothing_is_removed_then()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        runspace.Run($"$null = New-VCH -Name team {SmallVch.InCluster}").AssertSucceeded();

        var asked = runspace.Run("Remove-VCH team -Force");

        Assert.NotEmpty(asked.Errors);
        Assert.Equal("team", runspace.Run("Get-VCH").AssertSucceeded().Text);
    }
}
