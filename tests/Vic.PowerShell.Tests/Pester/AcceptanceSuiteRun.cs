using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>One run of the acceptance suite, which starts its own lab and leaves the server alone that PowerCLI is connected to.</summary>
public sealed class AcceptanceSuiteRun : IAsyncLifetime
{
    private string _output = "";

    /// <summary>What the runner has printed.</summary>
    public IReadOnlyList<string> Lines => _output.Split('\n', StringSplitOptions.TrimEntries);

    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        var file = folder["run.ps1"];
        await File.WriteAllTextAsync(
            file,
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{ModuleShell.ModuleManifest}}'
            $global:DefaultVIServers = [pscustomobject] @{ ServiceUri = 'https://127.0.0.1:1/sdk'; SessionSecret = 'none'; IsConnected = $true }
            & '{{PesterSuite.Runner}}' -Suite '{{Repository.PathOf(PesterSuite.Acceptance)}}'
            """);
        var result = await (ModuleShell.Script(file, new Dictionary<string, string?>()) with { WorkingDirectory = folder.Path }).RunAsync(CancellationToken.None);
        _output = $"{result.Output}\n{result.Error}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override string ToString() => _output;
}
