using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>Debian packages, downloaded and unpacked once each, without root.</summary>
internal sealed class PackageCache(string cache, ToolRunner tools)
{
    private readonly Dictionary<string, string> _unpacked = new(StringComparer.Ordinal);

    /// <summary>Unpacks the newest package of that name that apt knows and returns the folder with its files.</summary>
    public async Task<string> UnpackAsync(string name, CancellationToken cancellationToken)
    {
        if (_unpacked.TryGetValue(name, out var known))
            return known;

        var archive = await DownloadAsync(name, cancellationToken);
        var folder = Path.Combine(cache, "unpacked", Path.GetFileNameWithoutExtension(archive));
        if (!Directory.Exists(folder))
        {
            // A cut-off unpacking must not be taken for a whole one.
            var partial = folder + ".partial";
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            Directory.CreateDirectory(partial);
            await tools.RequireAsync(new ToolInvocation("dpkg-deb", "-x", archive, partial), cancellationToken);
            Directory.Move(partial, folder);
        }
        return _unpacked[name] = folder;
    }

    /// <summary>Unpacks the kernel that a metapackage stands for.</summary>
    public async Task<string> UnpackKernelAsync(string metapackage, CancellationToken cancellationToken)
    {
        var archive = await DownloadAsync(metapackage, cancellationToken);
        var dependencies = await tools.CaptureAsync(new ToolInvocation("dpkg-deb", "-f", archive, "Depends"), cancellationToken);
        var kernel = dependencies
            .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(dependency => dependency.Split(' ')[0])
            .FirstOrDefault(dependency => dependency.StartsWith("linux-image-", StringComparison.Ordinal))
            ?? throw new BuildFailedException($"{metapackage} depends on no kernel image: {dependencies}");
        return await UnpackAsync(kernel, cancellationToken);
    }

    private async Task<string> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(cache);
        if (Find(name) is { } cached)
            return cached;

        // apt checks the archive's hash against the signed index.
        var partial = Directory.CreateDirectory(Path.Combine(cache, "partial", name)).FullName;
        try
        {
            await tools.CaptureAsync(new ToolInvocation("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", name) { WorkingDirectory = partial }, cancellationToken);
            foreach (var file in Directory.EnumerateFiles(partial, "*.deb"))
                File.Move(file, Path.Combine(cache, Path.GetFileName(file)), overwrite: true);
        }
        finally
        {
            Directory.Delete(partial, recursive: true);
        }
        return Find(name) ?? throw new BuildFailedException($"apt-get download {name} left no package.");
    }

    private string? Find(string name) =>
        Directory.EnumerateFiles(cache, $"{name}_*.deb").Order(StringComparer.Ordinal).LastOrDefault();
}
