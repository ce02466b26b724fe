namespace Vic.PowerShell.Tests.Commands;

/// <summary>A name that means nothing is answered in one sentence, with the cmdlet in front.</summary>
public sealed class WrongNameTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Get-VCH lost", "Get-VCH: There is no VCH 'lost', and no other either.")]
    [InlineData("Get-ContainerVM lost", "Get-ContainerVM: There is no container VM 'lost', and no other either.")]
    [InlineData("Remove-VCH lost -Force -Confirm:$false", "Remove-VCH: There is no VCH 'lost', and no other either.")]
    [InlineData("Get-VCH -Server elsewhere", "Get-VCH: ")]
    public async Task A_name_that_nothing_has_is_an_error_and_a_pattern_that_matches_nothing_is_none(string script, string message)
    {
        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);
        var pattern = await lab.RunAsync(EmptyLab.Connect + "Get-VCH lost*; Get-ContainerVM lost*", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        Assert.Equal("", pattern.EnsureSuccess().Error);
    }

    [Theory]
    [InlineData("Disconnect-VICServer $null")]
    [InlineData("Disconnect-VICServer @()")]
    [InlineData("Disconnect-VICServer -Server $server, $null")]
    [InlineData("Get-VCH -Server $null")]
    public async Task A_server_that_is_nothing_is_an_error_of_the_parameter_and_no_session_is_ended(string command)
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + $"try {{ {command} }} catch {{ \"refused: $($_.FullyQualifiedErrorId) $($_.Exception.Message)\" }}\n\"VCHs: $(@(Get-VCH).Count)\"", Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("refused: ParameterArgumentValidationError,", output, StringComparison.Ordinal);
        Assert.Contains("'Server'", output, StringComparison.Ordinal);
        Assert.Contains("VCHs: 0", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:11", "Connect-VICServer: '00:11' is no thumbprint")]
    [InlineData("00112233445566778899AABBCCDDEEFF00112233", "Connect-VICServer: 127.0.0.1")]
    public async Task A_wrong_thumbprint_is_refused_before_the_password_is_sent(string thumbprint, string message)
    {
        var result = await lab.RunAsync(
            $"Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint {thumbprint}", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_sentence_without_the_names_of_protocols()
    {
        var result = await lab.RunAsync("Connect-VICServer -Server 127.0.0.1 -Port 1 -Credential $credential", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Connect-VICServer: 127.0.0.1:1 cannot be reached: Connection refused", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".xml", result.Error, StringComparison.Ordinal);
    }
}
