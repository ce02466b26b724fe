using System.Text;
using System.Xml.Linq;

namespace Vic.Build.Packing;

/// <summary>
/// A NuGet package as PowerShell galleries take it: the module's files beside a specification whose tags name its cmdlets (documentation
/// of PowerShellGet, "Package metadata tags"), in the frame of the Open Packaging Conventions (ECMA-376, part 2).
/// </summary>
internal sealed class GalleryPackage(ModuleManifest manifest)
{
    public const string Name = "VIC";

    private const string Specification = $"{Name}.nuspec";

    // Any name would do; NuGet takes a random one, which a package that can be made again cannot have.
    private const string Properties = "package/services/metadata/core-properties/vic.psmdcp";

    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";

    public byte[] Write(IReadOnlyList<PackageFile> files) => ReproducibleArchive.Write(
    [
        .. files,
        File(Specification, Describe()),
        File("[Content_Types].xml", ContentTypes(files)),
        File("_rels/.rels", Frame()),
        File(Properties, CoreProperties()),
    ]);

    private string Tags => string.Join(' ',
    [
        .. manifest.Tags,
        "PSModule",
        "PSIncludes_Cmdlet",
        .. manifest.Cmdlets.SelectMany(cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" }),
    ]);

    private XElement Describe() => new(
        Nuspec + "package",
        new XElement(
            Nuspec + "metadata",
            new XElement(Nuspec + "id", Name),
            new XElement(Nuspec + "version", manifest.Version),
            new XElement(Nuspec + "authors", manifest.Author),
            new XElement(Nuspec + "owners", manifest.Author),
            new XElement(Nuspec + "requireLicenseAcceptance", false),
            new XElement(Nuspec + "license", new XAttribute("type", "expression"), "Apache-2.0"),
            new XElement(Nuspec + "description", manifest.Description),
            new XElement(Nuspec + "releaseNotes", manifest.ReleaseNotes),
            new XElement(Nuspec + "copyright", manifest.Copyright),
            new XElement(Nuspec + "tags", Tags)));

    private static XElement ContentTypes(IReadOnlyList<PackageFile> files)
    {
        var names = files.Select(file => Path.GetFileName(file.Path)).ToList();
        var extensions = names.Select(Path.GetExtension).Where(extension => extension!.Length > 1).Select(extension => extension![1..]).Append("nuspec");
        return new XElement(
            Types + "Types",
            extensions.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).Select(extension => Type("Default", "Extension", extension, "application/octet")),
            Type("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Type("Default", "Extension", "psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
            files.Where(file => Path.GetExtension(file.Path).Length <= 1).Select(file => Type("Override", "PartName", $"/{file.Path}", "application/octet")));
    }

    private static XElement Type(string element, string key, string value, string type) =>
        new(Types + element, new XAttribute(key, value), new XAttribute("ContentType", type));

    private static XElement Frame() => new(
        Relations + "Relationships",
        Relation("http://schemas.microsoft.com/packaging/2010/07/manifest", $"/{Specification}", "R1"),
        Relation("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", $"/{Properties}", "R2"));

    private static XElement Relation(string type, string target, string id) =>
        new(Relations + "Relationship", new XAttribute("Type", type), new XAttribute("Target", target), new XAttribute("Id", id));

    private XElement CoreProperties() => new(
        Core + "coreProperties",
        new XElement(Dublin + "creator", manifest.Author),
        new XElement(Dublin + "description", manifest.Description),
        new XElement(Dublin + "identifier", Name),
        new XElement(Core + "version", manifest.Version),
        new XElement(Core + "keywords", Tags));

    private static PackageFile File(string path, XElement content) =>
        new(path, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{content}\n".ReplaceLineEndings("\n")));
}
