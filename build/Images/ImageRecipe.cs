using System.Text.Json;

namespace Vic.Build.Images;

/// <summary>What goes into one ISO; read from <c>images/&lt;name&gt;.json</c>.</summary>
/// <param name="Name">Name of the ISO without extension.</param>
/// <param name="SizeLimitMegabytes">The build fails when the ISO is larger than this.</param>
/// <param name="KernelPackage">Debian metapackage that depends on the kernel to use.</param>
/// <param name="KernelCommandLine">Words of the kernel command line.</param>
/// <param name="Modules">Kernel modules that PID 1 loads; what they depend on is added.</param>
/// <param name="Programs">Our own programs.</param>
/// <param name="Packages">Files taken from Debian packages.</param>
/// <param name="Bundles">Files of a package joined into one.</param>
/// <param name="Directories">Empty directories of the initramfs.</param>
internal sealed record ImageRecipe(
    string Name,
    int SizeLimitMegabytes,
    string KernelPackage,
    IReadOnlyList<string> KernelCommandLine,
    IReadOnlyList<string> Modules,
    IReadOnlyList<ProgramRecipe> Programs,
    IReadOnlyList<PackageRecipe> Packages,
    IReadOnlyList<BundleRecipe> Bundles,
    IReadOnlyList<string> Directories)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static ImageRecipe Read(string path) =>
        JsonSerializer.Deserialize<ImageRecipe>(File.ReadAllBytes(path), Format)
        ?? throw new InvalidDataException($"{path} is empty.");
}
