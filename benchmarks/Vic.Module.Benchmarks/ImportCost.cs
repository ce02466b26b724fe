using System.Globalization;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.Module.Benchmarks;

/// <summary>What an import costs in a fresh shell.</summary>
internal static class ImportCost
{
    private const string Script = """
        $process = [System.Diagnostics.Process]::GetCurrentProcess()
        $before = $process.TotalProcessorTime
        Import-Module $env:VIC_BENCHMARK_MODULE
        $process.Refresh()
        [string]::Format([cultureinfo]::InvariantCulture, '{0}', ($process.TotalProcessorTime - $before).TotalMilliseconds)
        """;

    /// <summary>A module as empty as one can be that has a manifest and a script.</summary>
    public static async Task<string> WriteEmptyModuleAsync(TemporaryFolder folder)
    {
        var manifest = folder["Empty.psd1"];
        await File.WriteAllTextAsync(folder["Empty.psm1"], "");
        await File.WriteAllTextAsync(
            manifest, "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0.0'; FunctionsToExport = @(); CmdletsToExport = @(); VariablesToExport = @(); AliasesToExport = @() }");
        return manifest;
    }

    /// <summary>The processor time of one import in milliseconds, all threads together.</summary>
    public static async Task<double> MeasureAsync(TemporaryFolder folder, string manifest)
    {
        var script = folder["measure.ps1"];
        await File.WriteAllTextAsync(script, Script);
        var result = await ModuleShell.Script(script, new Dictionary<string, string?> { ["VIC_BENCHMARK_MODULE"] = manifest }).RunAsync(CancellationToken.None);
        return double.Parse(result.EnsureSuccess().Output.Trim(), CultureInfo.InvariantCulture);
    }
}
