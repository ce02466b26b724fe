using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Vic.Build.Packing;

namespace Vic.Build.Tests.Packing;

/// <summary>What a user gets is whole, is the same whenever it is made, and names its parts.</summary>
public sealed class ModulePackageTests : IDisposable
{
    private readonly StagedModule _staged = new();

    [Fact]
    public void The_package_has_the_module_both_ISOs_the_licences_and_the_bill_and_nothing_for_developers() => Assert.Equal(
        [
            "LICENSE",
            "VIC.psd1",
            "VIC.spdx.json",
            "bin/core/Vic.PowerShell.dll",
            "en-US/VIC-Help.xml",
            "images/appliance.iso",
            "images/bootstrap.iso",
            "licenses/deb/libgmp10-2-6.2.1-dfsg1-1.1.txt",
            "licenses/nuget/BouncyCastle.Cryptography-2.7.0.txt",
        ],
        _staged.Pack().Files.Select(file => file.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Two_packages_of_the_same_files_are_the_same_bytes_whatever_the_files_times_are()
    {
        var first = Products();
        File.SetLastWriteTimeUtc(_staged.PathOf("appliance.iso"), new DateTime(2031, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var second = Products();

        Assert.Equal(first.Gallery, second.Gallery);
        Assert.Equal(first.Archive, second.Archive);
    }

    [Fact]
    public void A_changed_ISO_changes_the_bill_and_the_manifest()
    {
        var before = _staged.Pack();
        _staged.Write("bootstrap.iso", "another bootstrap");

        var after = _staged.Pack();

        Assert.NotEqual(Content(before, "VIC.psd1"), Content(after, "VIC.psd1"));
        Assert.NotEqual(Content(before, SoftwareBill.FileName), Content(after, SoftwareBill.FileName));
    }

    [Fact]
    public void The_manifest_names_the_digest_of_each_ISO()
    {
        var manifest = Content(_staged.Pack(), "VIC.psd1");

        foreach (var name in new[] { "appliance.iso", "bootstrap.iso" })
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_staged.PathOf(name))));
            Assert.Contains($"'{name}' = '{digest}'", manifest, StringComparison.Ordinal);
        }

        Assert.Equal(ModuleManifest.Parse(manifest).Cmdlets, _staged.Pack().Manifest.Cmdlets);
    }

    [Fact]
    public void The_gallery_package_opens_as_a_zip_with_a_specification_that_names_the_cmdlets()
    {
        using var archive = new ZipArchive(new MemoryStream(Products().Gallery));
        using var reader = new StreamReader(archive.GetEntry("VIC.nuspec")!.Open());

        var specification = reader.ReadToEnd();

        Assert.Contains("<id>VIC</id>", specification, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">Apache-2.0</license>", specification, StringComparison.Ordinal);
        Assert.Contains("PSModule PSIncludes_Cmdlet", specification, StringComparison.Ordinal);
        Assert.Contains("PSCmdlet_New-VCH PSCommand_New-VCH", specification, StringComparison.Ordinal);
        Assert.NotNull(archive.GetEntry("[Content_Types].xml"));
        Assert.NotNull(archive.GetEntry("_rels/.rels"));
        Assert.Equal("the appliance".Length, archive.GetEntry("images/appliance.iso")!.Length);
    }

    public void Dispose() => _staged.Dispose();

    private (byte[] Gallery, byte[] Archive) Products()
    {
        var package = _staged.Pack();
        return (new GalleryPackage(package.Manifest).Write(package.Files), ReproducibleArchive.Write(package.Files));
    }

    private static string Content(ModulePackage package, string path) =>
        Encoding.UTF8.GetString(package.Files.Single(file => file.Path == path).Content);
}
