using System.Management.Automation.Language;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>The suites for Pester that the project has, as this computer's PowerShell engine reads them.</summary>
internal static class PesterSuite
{
    public const string Acceptance = "tests/pester/VIC.Acceptance.Tests.ps1";
    public const string Compliance = "examples/compliance/VIC.Compliance.Tests.ps1";

    /// <summary>Runs a suite in a shell without Pester: the path of the suite and a hashtable follow it.</summary>
    public static string Runner => Repository.PathOf("tests/Vic.PowerShell.Tests/Pester/run-suite.ps1");

    /// <summary>Every suite, by its path in the repository.</summary>
    public static IEnumerable<string> All => new[] { "tests/pester", "examples/compliance" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.Tests.ps1"))
        .Select(file => Path.GetRelativePath(Repository.Root, file));

    /// <summary>The title of each It of a suite.</summary>
    public static IReadOnlyList<string> TitlesOf(string suite) =>
    [
        .. Parser.ParseFile(Repository.PathOf(suite), out _, out _)
            .FindAll(static part => part is CommandAst command && command.GetCommandName() == "It", searchNestedScriptBlocks: true)
            .Select(static part => ((StringConstantExpressionAst)((CommandAst)part).CommandElements[1]).Value),
    ];

    /// <summary>The name of the test that promises what a title says.</summary>
    public static string MethodNameOf(string title) => title.Replace(' ', '_').Replace('-', '_');
}
