using Vic.Build.Execution;
using Vic.Build.Images;

namespace Vic.Build.Packing;

/// <summary>The Debian packages whose files are in an ISO: those of its recipe, its kernel, its boot loader, and what its programs are linked with.</summary>
internal sealed class DebianComponents(PackageCache packages, ToolRunner tools)
{
    // The ISO boots with the first two; the programs are linked with the others.
    private static readonly string[] Installed = ["isolinux", "syslinux-common", "libc6-dev", "zlib1g-dev"];
    private const string LinkedForTls = "libssl-dev";
    private const string Endpoint = "src/Vic.Endpoint";

    public async Task<IReadOnlyList<Component>> ReadAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        var part = $"{recipe.Name}.iso";
        var components = new List<Component> { Unpacked(await packages.UnpackKernelAsync(recipe.KernelPackage, cancellationToken), part) };
        foreach (var name in recipe.Packages.Select(package => package.Name).Concat(recipe.Bundles.Select(bundle => bundle.Package)))
        {
            components.Add(Unpacked(await packages.UnpackAsync(name, cancellationToken), part));
        }

        var linksTls = recipe.Programs.Any(program => program.Project == Endpoint);
        foreach (var name in linksTls ? [.. Installed, LinkedForTls] : Installed)
        {
            var version = await tools.CaptureAsync(new("dpkg-query", "--show", "--showformat=${Version}", name), cancellationToken);
            components.Add(new Component("deb", name, version, License: null, Copyright("/", name), [part]));
        }

        return components;
    }

    // The folder is named after the archive: name_version_architecture, a colon written as %3a.
    private static Component Unpacked(string folder, string part)
    {
        var words = Path.GetFileName(folder).Split('_');
        return new Component("deb", words[0], Uri.UnescapeDataString(words[1]), License: null, Copyright(folder, words[0]), [part]);
    }

    // Debian policy, 12.5: every package has its copyright information there.
    private static string Copyright(string root, string package)
    {
        var path = Path.Combine(root, "usr/share/doc", package, "copyright");
        return File.Exists(path) ? File.ReadAllText(path) : throw new BuildFailedException($"the package {package} has no copyright file");
    }
}
