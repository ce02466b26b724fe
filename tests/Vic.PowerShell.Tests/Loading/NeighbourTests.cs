using System.Reflection;
using System.Reflection.Emit;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Loading;

/// <summary>The module lives beside other modules that bring other versions of its libraries, and neither breaks the other.</summary>
public sealed class NeighbourTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Libraries { get; } = ["BouncyCastle.Cryptography", "Vic.Engine"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Another_version_that_was_loaded_first_stays_its_owners(string library)
    {
        var result = await RunAsync(
            library,
            """
            $null = [System.Reflection.Assembly]::LoadFrom($env:VIC_TEST_LIBRARY)
            Import-Module $env:VIC_TEST_MODULE
            $made = New-VCHCertificate -Name neighbour -TlsCommonName 127.0.0.1 -CertificateKeyAlgorithm Ecdsa
            "made: $($made.Count)"
            "theirs: $([Neighbour.Marker].Assembly.GetName().Version)"
            """);

        Assert.Equal("made: 3\ntheirs: 1.2.3.4", result.Replace("\r", "", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public async Task Another_version_that_is_loaded_later_is_its_owners()
    {
        var result = await RunAsync(
            "BouncyCastle.Cryptography",
            """
            Import-Module $env:VIC_TEST_MODULE
            $null = New-VCHCertificate -Name neighbour -TlsCommonName 127.0.0.1 -CertificateKeyAlgorithm Ecdsa
            $null = [System.Reflection.Assembly]::LoadFrom($env:VIC_TEST_LIBRARY)
            "theirs: $([Neighbour.Marker].Assembly.GetName().Version)"
            """);

        Assert.Equal("theirs: 1.2.3.4", result.Trim());
    }

    [Theory]
    [InlineData("core")]
    [InlineData("desktop")]
    public void The_module_brings_no_JSON_library_and_nothing_of_PowerShells(string edition)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(ModuleShell.ModuleManifest)!, "bin", edition), "*.dll").Select(Path.GetFileName).ToList();

        Assert.Contains("Vic.PowerShell.dll", files);
        Assert.DoesNotContain(
            files,
            file => file!.StartsWith("System.Text.Json", StringComparison.OrdinalIgnoreCase) || file.StartsWith("System.Text.Encodings.Web", StringComparison.OrdinalIgnoreCase)
                || file.StartsWith("Newtonsoft", StringComparison.OrdinalIgnoreCase) || file.StartsWith("Microsoft.Bcl", StringComparison.OrdinalIgnoreCase)
                || file.StartsWith("System.Management.Automation", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RunAsync(string library, string script)
    {
        var file = _folder["script.ps1"];
        await File.WriteAllTextAsync(file, "$ErrorActionPreference = 'Stop'\n" + script, TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?> { ["VIC_TEST_MODULE"] = ModuleShell.ModuleManifest, ["VIC_TEST_LIBRARY"] = WriteLibrary(library) };
        var result = await (ModuleShell.Script(file, environment) with { WorkingDirectory = _folder.Path }).RunAsync(TestContext.Current.CancellationToken);
        return result.EnsureSuccess().Output;
    }

    /// <summary>A library of the name that holds nothing but a class that says so: whoever takes it for the real one fails.</summary>
    private string WriteLibrary(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(1, 2, 3, 4) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Neighbour.Marker", TypeAttributes.Public).CreateType();
        var path = _folder[$"{name}.dll"];
        assembly.Save(path);
        return path;
    }
}
