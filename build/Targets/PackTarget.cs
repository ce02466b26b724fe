using System.Security.Cryptography;
using System.Text;
using Vic.Build.Execution;
using Vic.Build.Images;
using Vic.Build.Packing;

namespace Vic.Build.Targets;

/// <summary>
/// Makes what is published, under artifacts/package: a package for galleries, a zip, and their checksums. With <c>--sign-key file</c>, or
/// the file's name in <c>VIC_SIGN_KEY</c>, the checksums are signed. The scripts carry no Authenticode signature: that takes Windows.
/// </summary>
internal static class PackTarget
{
    private const string KeyVariable = "VIC_SIGN_KEY";
    private const string Checksums = "SHA256SUMS";

    private static readonly string[] Images = ["appliance.iso", "bootstrap.iso"];

    // The parts that packages of NuGet are in, and the projects that bring them.
    private static readonly (string Project, string Part, bool CarriesRuntime)[] Projects =
    [
        ("Vic.PowerShell", "VIC", false),
        ("Vic.Tether", "bootstrap.iso", true),
        ("Vic.Tether", "appliance.iso", true),
        ("Vic.Endpoint", "appliance.iso", true),
    ];

    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var key = Key(context.Options);
        var components = await ComponentsAsync(context, cancellationToken);
        var images = Images.Select(name => Path.Combine(context.Images, name)).ToList();
        var package = ModulePackage.Create(context.Module, images, Path.Combine(context.Root, "LICENSE"), components);
        var version = package.Manifest.Version;
        PackageFile[] products =
        [
            new($"VIC.{version}.nupkg", new GalleryPackage(package.Manifest).Write(package.Files)),
            new($"VIC-{version}.zip", ReproducibleArchive.Write(package.Files.Select(file => file with { Path = $"VIC/{version}/{file.Path}" }))),
            package.Files.Single(file => file.Path == SoftwareBill.FileName),
        ];
        var sums = Encoding.UTF8.GetBytes(string.Concat(products.Select(product => $"{Convert.ToHexStringLower(SHA256.HashData(product.Content))}  {product.Path}\n")));
        await WriteAsync(context, [.. products, new(Checksums, sums), .. Sign(sums, key)], cancellationToken);

        return 0;
    }

    private static IEnumerable<PackageFile> Sign(byte[] sums, string? key)
    {
        if (key is null)
        {
            BuildContext.Say($"not signed: pass a key with --sign-key or {KeyVariable}");
            return [];
        }

        return [new PackageFile($"{Checksums}.sig", DetachedSignature.Sign(sums, key))];
    }

    private static string? Key(IReadOnlyList<string> options) => options switch
    {
        [] => Environment.GetEnvironmentVariable(KeyVariable),
        ["--sign-key", var file] => file,
        _ => throw new BuildFailedException("usage: pack [--sign-key file.pem]"),
    };

    private static async Task<IReadOnlyList<Component>> ComponentsAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var found = new List<Component>();
        foreach (var (project, part, carriesRuntime) in Projects)
        {
            found.AddRange(new NuGetComponents(Path.Combine(context.Artifacts, "obj", project, "project.assets.json")).Read(part, carriesRuntime));
        }

        var debian = new DebianComponents(new PackageCache(Path.Combine(context.Downloads, "packages"), context.Tools), context.Tools);
        foreach (var recipe in Directory.EnumerateFiles(Path.Combine(context.Root, "images"), "*.json").Order(StringComparer.Ordinal).Select(ImageRecipe.Read))
        {
            found.AddRange(await debian.ReadAsync(recipe, cancellationToken));
        }

        return found
            .GroupBy(component => (component.Ecosystem, component.Name, component.Version))
            .Select(group => group.First() with { Parts = group.SelectMany(component => component.Parts).Distinct().ToList() })
            .OrderBy(component => component.PackageUrl, StringComparer.Ordinal)
            .ToList();
    }

    private static async Task WriteAsync(BuildContext context, IReadOnlyList<PackageFile> products, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.Artifacts, "package");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var product in products)
        {
            var path = Path.Combine(folder, product.Path);
            await File.WriteAllBytesAsync(path, product.Content, cancellationToken);
            BuildContext.Say($"{path} {product.Content.Length / 1048576.0:F1} MB");
        }
    }
}
