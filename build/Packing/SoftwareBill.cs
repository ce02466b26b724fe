using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vic.Build.Packing;

/// <summary>The bill of materials in SPDX 2.3 (ISO/IEC 5962, JSON form): the module, its assemblies and ISOs, and what of others is in them.</summary>
internal sealed class SoftwareBill(string version, IReadOnlyList<PackageFile> files, IReadOnlyList<Component> components)
{
    public const string FileName = "VIC.spdx.json";

    private const string Product = "SPDXRef-VIC";
    private const string License = "Apache-2.0";
    private const string Unknown = "NOASSERTION";

    // A bill that is made twice from the same inputs is the same: its time is part of the content, as that of the ISOs' files is.
    private const string Created = "2026-01-01T00:00:00Z";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    public byte[] ToJson()
    {
        var parts = files.Where(IsPart).Select(file => (Id: $"SPDXRef-part-{file.Path.Replace('/', '-')}", Name: Path.GetFileName(file.Path), File: file)).ToList();
        var document = new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = "SPDXRef-DOCUMENT",
            ["name"] = $"VIC-{version}",
            ["documentNamespace"] = $"urn:vic-for-powershell:spdx:{version}:{Fingerprint()}",
            ["creationInfo"] = new JsonObject { ["created"] = Created, ["creators"] = new JsonArray("Tool: Vic.Build") },
            ["documentDescribes"] = new JsonArray(Product),
            ["packages"] = new JsonArray([
                Package(Product, "VIC", version, License),
                .. parts.Select(part => Own(part.Id, part.Name, part.File)),
                .. components.Select(Foreign),
            ]),
            ["hasExtractedLicensingInfos"] = new JsonArray([.. components.Where(component => component.License is null).Select(Extracted)]),
            ["relationships"] = new JsonArray([
                Relationship("SPDXRef-DOCUMENT", "DESCRIBES", Product),
                .. parts.Select(part => Relationship(Product, "CONTAINS", part.Id)),
                .. components.SelectMany(component => Containers(component, parts).Select(part => Relationship(part, "CONTAINS", Reference(component)))),
            ]),
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString(Format) + "\n");
    }

    private static bool IsPart(PackageFile file) =>
        file.Path.EndsWith(".iso", StringComparison.Ordinal) || (Path.GetFileName(file.Path).StartsWith("Vic.", StringComparison.Ordinal) && file.Path.EndsWith(".dll", StringComparison.Ordinal));

    private static IEnumerable<string> Containers(Component component, List<(string Id, string Name, PackageFile File)> parts) =>
        component.Parts.Select(name => parts.Find(part => part.Name == name).Id ?? Product).Distinct();

    private static JsonObject Own(string id, string name, PackageFile file)
    {
        var package = Package(id, name, version: null, License);
        package["packageFileName"] = file.Path;
        package["checksums"] = new JsonArray(new JsonObject { ["algorithm"] = "SHA256", ["checksumValue"] = Digest(file.Content) });
        return package;
    }

    private static JsonObject Foreign(Component component)
    {
        var package = Package(Reference(component), component.Name, component.Version, component.License ?? LicenseReference(component));
        package["externalRefs"] = new JsonArray(new JsonObject
        {
            ["referenceCategory"] = "PACKAGE-MANAGER",
            ["referenceType"] = "purl",
            ["referenceLocator"] = component.PackageUrl,
        });
        return package;
    }

    private static JsonObject Package(string id, string name, string? version, string license)
    {
        var package = new JsonObject { ["SPDXID"] = id, ["name"] = name };
        if (version is not null)
        {
            package["versionInfo"] = version;
        }

        package["downloadLocation"] = Unknown;
        package["filesAnalyzed"] = false;
        package["licenseConcluded"] = Unknown;
        package["licenseDeclared"] = license;
        package["copyrightText"] = Unknown;
        return package;
    }

    private static JsonObject Extracted(Component component) => new()
    {
        ["licenseId"] = LicenseReference(component),
        ["name"] = $"The licence of {component.Name}",
        ["extractedText"] = component.LicenseText ?? Unknown,
    };

    private static JsonObject Relationship(string from, string type, string to) => new()
    {
        ["spdxElementId"] = from,
        ["relationshipType"] = type,
        ["relatedSpdxElement"] = to,
    };

    private static string LicenseReference(Component component) => $"LicenseRef-{component.Ecosystem}-{component.Identifier}";

    private static string Reference(Component component) => $"SPDXRef-{component.Ecosystem}-{component.Identifier}";

    private string Fingerprint()
    {
        var content = files.Select(file => $"{file.Path} {Digest(file.Content)}").Concat(components.Select(component => component.PackageUrl)).Order(StringComparer.Ordinal);
        return Digest(Encoding.UTF8.GetBytes(string.Join('\n', content)));
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
