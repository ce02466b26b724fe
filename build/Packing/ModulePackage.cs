using System.Security.Cryptography;
using System.Text;

namespace Vic.Build.Packing;

/// <summary>Everything that a user gets: the staged module, both ISOs, the licences and the bill of materials.</summary>
internal sealed class ModulePackage
{
    private static readonly string[] NotShipped = [".pdb", ".xml"];

    private ModulePackage(ModuleManifest manifest, IReadOnlyList<PackageFile> files)
    {
        Manifest = manifest;
        Files = files;
    }

    public ModuleManifest Manifest { get; }

    public IReadOnlyList<PackageFile> Files { get; }

    /// <param name="module">The folder of the staged module.</param>
    /// <param name="images">The ISO files.</param>
    /// <param name="license">The file of the product's licence.</param>
    /// <param name="components">What of others is in it.</param>
    public static ModulePackage Create(string module, IReadOnlyList<string> images, string license, IReadOnlyList<Component> components)
    {
        var manifest = ModuleManifest.Parse(File.ReadAllText(Path.Combine(module, "VIC.psd1")));
        var isos = images.Select(image => new PackageFile($"images/{Path.GetFileName(image)}", File.ReadAllBytes(image))).ToList();
        var digests = isos.ToDictionary(iso => Path.GetFileName(iso.Path), iso => Convert.ToHexStringLower(SHA256.HashData(iso.Content)));
        List<PackageFile> files =
        [
            .. Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories).Where(IsShipped).Select(file => Read(module, file)).Where(file => file.Path != "VIC.psd1"),
            new("VIC.psd1", manifest.WithDigests(digests)),
            new("LICENSE", File.ReadAllBytes(license)),
            .. isos,
            .. components.Select(component => new PackageFile(component.LicensePath, Encoding.UTF8.GetBytes(LicenseOf(component)))),
        ];
        files.Add(new(SoftwareBill.FileName, new SoftwareBill(manifest.Version, files, components).ToJson()));
        return new ModulePackage(manifest, files);
    }

    // Debugging symbols and the documentation of our sources are of no use to a user; help files are XML as well.
    private static bool IsShipped(string file) =>
        !NotShipped.Contains(Path.GetExtension(file)) || Path.GetFileName(file).EndsWith("-Help.xml", StringComparison.Ordinal);

    private static PackageFile Read(string root, string file) =>
        new(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes(file));

    private static string LicenseOf(Component component) =>
        $"{component.Name} {component.Version}\n{(component.License is { } license ? $"License: {license}\n" : "")}\n{component.LicenseText}".TrimEnd() + "\n";
}
