using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Scripts;

/// <summary>Scripts that a user gets run against the module that the same user gets.</summary>
public sealed class ShippedScriptTests
{
    public static TheoryData<string> Scripts { get; } = [.. Directory
        .EnumerateFiles(Repository.Root, "*.ps1", new EnumerationOptions { RecurseSubdirectories = true })
        .Concat(Directory.EnumerateFiles(Repository.PathOf("module"), "*.psm1"))
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => !file.StartsWith("artifacts", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_command_and_parameter_of_a_shipped_script_exists(string script)
    {
        var check = ModuleShell.Script(
            Repository.PathOf("tests/Vic.PowerShell.Tests/Scripts/check-script.ps1"),
            new Dictionary<string, string?>(),
            "-Module", ModuleShell.ModuleManifest, "-Script", Repository.PathOf(script));

        var result = await check.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", result.EnsureSuccess().Output.Trim());
    }
}
