using Vic.Testing.Files;
using Vic.Testing.Processes;
using Vic.Testing.Shell;

namespace Vic.Shell.Tests;

/// <summary>A scheduler reads the exit status and nothing else.</summary>
public sealed class ExitStatusTests
{
    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("No-Such-Command", 1)]
    public async Task A_command_ends_with_the_status_that_PowerShell_gives(string text, int status)
    {
        var result = await new Command("dotnet", ModuleShell.Executable, "-Command", text).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, result.ExitCode);
    }

    [Fact]
    public async Task A_script_gets_its_parameters_by_name_and_writes_errors_apart_from_output()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["script.ps1"],
            "param([string] $Name, [switch] $Loud)\n\"hello $Name $Loud\"\nthrow ('something ' + 'is wrong')\n",
            TestContext.Current.CancellationToken);

        var result = await new Command("dotnet", ModuleShell.Executable, "-File", folder["script.ps1"], "-Name", "you", "-Loud")
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("hello you True", result.Output.Trim());
        Assert.Contains("something is wrong", result.Error, StringComparison.Ordinal);
    }
}
