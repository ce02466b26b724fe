using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>Target <c>images</c>: makes the ISOs that <c>images/*.json</c> describe, and only those whose inputs changed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ImageTarget(BuildContext context)
{
    // Part of the content: every file in every ISO carries this date.
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PackageCache _packages = new(Path.Combine(context.Downloads, "packages"), context.Tools);

    /// <summary>Makes all ISOs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(context.Images);
        var recipes = Directory.EnumerateFiles(Path.Combine(context.Root, "images"), "*.json").Order(StringComparer.Ordinal).Select(ImageRecipe.Read);
        foreach (var recipe in recipes)
            await MakeAsync(recipe, cancellationToken);
    }

    private async Task MakeAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        var kernelPackage = await _packages.UnpackKernelAsync(recipe.KernelPackage, cancellationToken);
        var kernel = Directory.EnumerateFiles(Path.Combine(kernelPackage, "boot"), "vmlinuz-*").Single();
        var archive = (await FillAsync(recipe, kernelPackage, cancellationToken)).ToArray();
        var commandLine = string.Join(' ', recipe.KernelCommandLine);

        var iso = Path.Combine(context.Images, recipe.Name + ".iso");
        var stamp = Path.Combine(context.Images, recipe.Name + ".inputs");
        var inputs = HashOf(recipe, kernel, archive, commandLine);
        if (File.Exists(iso) && File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellationToken) == inputs)
        {
            BuildContext.Say($"{iso} is up to date");
            return;
        }

        var compressed = await CompressAsync(archive, cancellationToken);
        await new BootableIso(context.Tools, Publisher(), Time).WriteAsync(iso, kernel, compressed, commandLine, cancellationToken);
        var megabytes = new FileInfo(iso).Length / 1048576.0;
        if (megabytes > recipe.SizeLimitMegabytes)
            throw new BuildFailedException($"{iso} is {megabytes:F1} MB; the limit is {recipe.SizeLimitMegabytes} MB.");
        await File.WriteAllTextAsync(stamp, inputs, cancellationToken);
        BuildContext.Say($"{iso} {megabytes:F1} MB");
    }

    private async Task<Initramfs> FillAsync(ImageRecipe recipe, string kernelPackage, CancellationToken cancellationToken)
    {
        var content = new Initramfs();
        content.AddFirstDevices();
        foreach (var directory in recipe.Directories)
            content.AddDirectory(directory);

        var order = new KernelModules(kernelPackage).LoadOrder(recipe.Modules);
        foreach (var module in order)
            content.AddFile("lib/modules/" + Path.GetFileName(module), await File.ReadAllBytesAsync(module, cancellationToken));
        content.AddFile("lib/modules/load", Encoding.ASCII.GetBytes(string.Concat(order.Select(module => Path.GetFileName(module) + '\n'))));

        foreach (var package in recipe.Packages)
            PackageFiles.AddTo(content, await _packages.UnpackAsync(package.Name, cancellationToken), package);
        foreach (var bundle in recipe.Bundles)
            PackageFiles.AddTo(content, await _packages.UnpackAsync(bundle.Package, cancellationToken), bundle);
        foreach (var program in recipe.Programs)
            content.AddFile(program.Path, await File.ReadAllBytesAsync(await PublishAsync(program, cancellationToken), cancellationToken), executable: true);
        return content;
    }

    private async Task<string> PublishAsync(ProgramRecipe program, CancellationToken cancellationToken)
    {
        BuildContext.Say($"publish {program.Project}");
        var folder = Path.Combine(context.Artifacts, "programs", Path.GetFileName(program.Project));
        await context.Tools.RequireAsync(
            new ToolInvocation("dotnet", "publish", Path.Combine(context.Root, program.Project), "-c", "Release", "-r", "linux-x64", "-o", folder, "-nologo", "-v", "quiet"),
            cancellationToken);
        return Path.Combine(folder, program.File);
    }

    /// <summary>One thread and no timestamp: the same bytes every time.</summary>
    private async Task<byte[]> CompressAsync(byte[] archive, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("vic-initramfs-").FullName;
        try
        {
            var source = Path.Combine(folder, "initrd");
            await File.WriteAllBytesAsync(source, archive, cancellationToken);
            await context.Tools.RequireAsync(new ToolInvocation("zstd", "-q", "-19", "--single-thread", source, "-o", source + ".zst"), cancellationToken);
            return await File.ReadAllBytesAsync(source + ".zst", cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The engine and <c>vic-machine</c> read the version from the end of the volume descriptor's publisher field.</summary>
    private string Publisher()
    {
        var version = XDocument.Load(Path.Combine(context.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        return $"VIC FOR POWERSHELL V{version}";
    }

    private string HashOf(ImageRecipe recipe, string kernel, byte[] archive, string commandLine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{recipe.Name}\n{commandLine}\n{Publisher()}\n{Time:O}\n"));
        foreach (var file in BootableIso.Inputs.Append(kernel))
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        hash.AppendData(SHA256.HashData(archive));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
