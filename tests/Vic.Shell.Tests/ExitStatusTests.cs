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

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Item /no/such/thing -ErrorAction Stop", 1)]
    public async Task What_was_written_before_the_end_is_shown_whatever_ends_it(string end, int status)
    {
        var result = await new Command("dotnet", ModuleShell.Executable, "-Command", $"[pscustomobject]@{{ Name = 'first'; Size = 1 }}; {end}")
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, result.ExitCode);
        Assert.Contains("first", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Import-Module /no/such/module")]
    [InlineData("Import-Module /no/such/module -ErrorAction Stop")]
    public async Task An_error_begins_with_the_command_that_met_it(string text)
    {
        var result = await new Command("dotnet", ModuleShell.Executable, "-Command", text).RunAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Import-Module: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
