using System.Text.Json;
using System.Xml.Linq;
using Vic.Build.Execution;

namespace Vic.Build.Packing;

/// <summary>The NuGet packages whose code is in a project's output, read from what the last restore has resolved.</summary>
internal sealed class NuGetComponents(string assetsFile)
{
    // What an ahead-of-time compiled program carries of .NET itself.
    private static readonly string[] Runtimes = ["Microsoft.NETCore.App.Runtime.", "Microsoft.AspNetCore.App.Runtime.", "runtime.linux-x64."];

    /// <summary>Reads the packages of one part of the product.</summary>
    /// <exception cref="BuildFailedException">The project has not been restored, or a package is not where the restore has put it.</exception>
    public IReadOnlyList<Component> Read(string part, bool carriesRuntime)
    {
        if (!File.Exists(assetsFile))
        {
            throw new BuildFailedException($"'{assetsFile}' is not there: build the project first");
        }

        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        IEnumerable<(string Name, string Version)> packages = assets.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.GetProperty("type").GetString() == "package" && HasCode(library.Value))
            .Select(library => library.Name.Split('/') is [var name, var version] ? (name, version) : throw new BuildFailedException($"'{library.Name}' has no version"));
        return packages
            .Concat(carriesRuntime ? RuntimePacks(assets.RootElement) : [])
            .Distinct()
            .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .Select(package => Read(package.Name, package.Version, folders, part))
            .ToList();
    }

    private static bool HasCode(JsonElement library) =>
        library.TryGetProperty("runtime", out var files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Version)> RuntimePacks(JsonElement assets) =>
        assets.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .Where(framework => framework.Value.TryGetProperty("downloadDependencies", out _))
            .SelectMany(framework => framework.Value.GetProperty("downloadDependencies").EnumerateArray())
            .Select(pack => (Name: pack.GetProperty("name").GetString()!, Version: pack.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0]))
            .Where(pack => Runtimes.Any(prefix => pack.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    private static Component Read(string name, string version, List<string> folders, string part)
    {
        var folder = folders.Select(root => Path.Combine(root, name.ToLowerInvariant(), version)).FirstOrDefault(Directory.Exists)
            ?? throw new BuildFailedException($"the package {name} {version} is in no package folder");
        var specification = XDocument.Load(Path.Combine(folder, name.ToLowerInvariant() + ".nuspec")).Root!;
        var license = specification.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        var expression = license?.Attribute("type")?.Value == "expression" ? license.Value : null;
        return new Component("nuget", name, version, expression, LicenseText(folder, license), [part]);
    }

    private static string? LicenseText(string folder, XElement? license)
    {
        var named = license?.Attribute("type")?.Value == "file" ? Path.Combine(folder, license.Value) : null;
        var file = named ?? Directory.EnumerateFiles(folder)
            .Where(path => Path.GetFileName(path).StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return file is null ? null : File.ReadAllText(file);
    }
}
