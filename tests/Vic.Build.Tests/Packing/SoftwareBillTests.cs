using System.Text.Json;
using Vic.Build.Packing;

namespace Vic.Build.Tests.Packing;

/// <summary>The bill of materials is SPDX 2.3 as far as its rules can be told from the document itself.</summary>
public sealed class SoftwareBillTests
{
    private static readonly JsonElement Bill = Make();

    [Fact]
    public void Every_package_has_what_SPDX_demands()
    {
        Assert.Equal("SPDX-2.3", Bill.GetProperty("spdxVersion").GetString());
        Assert.Equal("CC0-1.0", Bill.GetProperty("dataLicense").GetString());
        Assert.All(Bill.GetProperty("packages").EnumerateArray(), package =>
        {
            Assert.Matches("^SPDXRef-[A-Za-z0-9.-]+$", package.GetProperty("SPDXID").GetString()!);
            Assert.NotEqual("", package.GetProperty("name").GetString());
            Assert.NotEqual("", package.GetProperty("downloadLocation").GetString());
            Assert.NotEqual("", package.GetProperty("licenseDeclared").GetString());
        });
    }

    [Fact]
    public void Every_relationship_joins_what_is_in_the_document()
    {
        var known = Bill.GetProperty("packages").EnumerateArray().Select(package => package.GetProperty("SPDXID").GetString()).Append("SPDXRef-DOCUMENT").ToList();

        Assert.Equal(known.Count, known.Distinct().Count());
        Assert.All(Bill.GetProperty("relationships").EnumerateArray(), relationship =>
        {
            Assert.Contains(relationship.GetProperty("spdxElementId").GetString(), known);
            Assert.Contains(relationship.GetProperty("relatedSpdxElement").GetString(), known);
        });
    }

    [Fact]
    public void A_package_in_an_ISO_is_contained_in_that_ISO()
    {
        var relationship = Bill.GetProperty("relationships").EnumerateArray()
            .Single(item => item.GetProperty("relatedSpdxElement").GetString()!.StartsWith("SPDXRef-deb-libgmp10", StringComparison.Ordinal));

        Assert.Equal("SPDXRef-part-images-appliance.iso", relationship.GetProperty("spdxElementId").GetString());
    }

    [Fact]
    public void A_licence_that_is_known_as_a_text_is_in_the_document()
    {
        var license = Package("libgmp10").GetProperty("licenseDeclared").GetString();

        var extracted = Assert.Single(Bill.GetProperty("hasExtractedLicensingInfos").EnumerateArray());
        Assert.Equal(license, extracted.GetProperty("licenseId").GetString());
        Assert.Contains("LGPL-3", extracted.GetProperty("extractedText").GetString(), StringComparison.Ordinal);
        Assert.Equal("MIT", Package("BouncyCastle.Cryptography").GetProperty("licenseDeclared").GetString());
    }

    [Theory]
    [InlineData("libgmp10", "pkg:deb/debian/libgmp10@2%3A6.2.1%2Bdfsg1-1.1?arch=amd64&distro=debian-12")]
    [InlineData("BouncyCastle.Cryptography", "pkg:nuget/BouncyCastle.Cryptography@2.7.0")]
    public void A_scanner_finds_a_package_by_its_URL(string name, string url) =>
        Assert.Equal(url, Assert.Single(Package(name).GetProperty("externalRefs").EnumerateArray()).GetProperty("referenceLocator").GetString());

    private static JsonElement Package(string name) =>
        Bill.GetProperty("packages").EnumerateArray().Single(package => package.GetProperty("name").GetString() == name);

    private static JsonElement Make()
    {
        using var staged = new StagedModule();
        using var document = JsonDocument.Parse(staged.Pack().Files.Single(file => file.Path == SoftwareBill.FileName).Content);
        return document.RootElement.Clone();
    }
}
