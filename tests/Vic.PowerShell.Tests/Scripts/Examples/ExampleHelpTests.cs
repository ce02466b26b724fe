using System.Management.Automation.Language;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>What <c>Get-Help</c> tells of an example is all that there is to know.</summary>
public sealed class ExampleHelpTests
{
    public static TheoryData<string> Examples { get; } = [.. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.ps1")
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => Path.GetFileName(file) != "quickstart.ps1")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Help_tells_every_parameter_the_output_and_the_exit_status(string example)
    {
        var script = Parser.ParseFile(Repository.PathOf(example), out _, out var problems);
        var help = script.GetHelpContent();

        Assert.Empty(problems);
        Assert.False(string.IsNullOrWhiteSpace(help.Synopsis));
        Assert.False(string.IsNullOrWhiteSpace(help.Description));
        Assert.NotEmpty(help.Examples);
        Assert.NotEmpty(help.Outputs);
        Assert.StartsWith("Exit status: 0 when ", help.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("Requires", help.Notes, StringComparison.Ordinal);
        Assert.Equal(
            script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()).Order(StringComparer.Ordinal),
            help.Parameters.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_plain_text_in_strict_mode(string example)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf(example), TestContext.Current.CancellationToken);

        Assert.Contains("\nSet-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n", text, StringComparison.Ordinal);

        // Windows PowerShell reads a file without a byte order mark in the code page of its computer.
        Assert.True(text.All(char.IsAscii));
    }
}
