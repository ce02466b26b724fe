using System.Security.Cryptography;
using Vic.Build.Packing;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>A packaged module knows its own ISOs again, by the digests in its manifest.</summary>
public sealed class PackagedModuleTests(EmptyLab lab) : IClassFixture<EmptyLab>, IDisposable
{
    private const string Appliance = "appliance.iso";
    private const string Bootstrap = "bootstrap.iso";

    private const string Check = """
        $check = (Test-VCH packaged -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1) -match '^Isos'
        "$check -$($check.Parameter) $($check.Message)"
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ISOs_that_are_those_of_the_manifest_pass()
    {
        var manifest = Pack();

        var result = await lab.RunAsync(EmptyLab.Connect + Check, TestContext.Current.CancellationToken, manifest);

        Assert.StartsWith("Isos: Passed", result.EnsureSuccess().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_ISO_is_refused_before_anything_is_made()
    {
        var manifest = Pack();
        await using (var iso = new FileStream(_folder[$"VIC/images/{Bootstrap}"], FileMode.Open))
        {
            iso.Position = iso.Length - 1;
            var last = iso.ReadByte();
            iso.Position = iso.Length - 1;
            iso.WriteByte((byte)~last);
        }

        var result = await lab.RunAsync(EmptyLab.Connect + Check, TestContext.Current.CancellationToken, manifest);

        Assert.StartsWith("Isos: Failed -BootstrapIso", result.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Contains("is damaged: its SHA-256 is", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Artifacts, "images", name))));

    private string Pack()
    {
        var staged = Path.GetDirectoryName(ModuleShell.ModuleManifest)!;
        foreach (var file in Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories))
        {
            Copy(file, Path.GetRelativePath(staged, file));
        }

        Copy(Path.Combine(Repository.Artifacts, "images", Appliance), Path.Combine("images", Appliance));
        Copy(Path.Combine(Repository.Artifacts, "images", Bootstrap), Path.Combine("images", Bootstrap));

        var manifest = _folder["VIC/VIC.psd1"];
        File.WriteAllBytes(manifest, ModuleManifest.Parse(File.ReadAllText(manifest)).WithDigests(
            new Dictionary<string, string> { [Appliance] = Digest(Appliance), [Bootstrap] = Digest(Bootstrap) }));
        return manifest;
    }

    private void Copy(string file, string path)
    {
        var copy = Path.Combine(_folder["VIC"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy, overwrite: true);
    }
}
