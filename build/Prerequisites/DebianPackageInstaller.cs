using System.Runtime.Versioning;
using Vic.Build.Execution;

namespace Vic.Build.Prerequisites;

/// <summary>Installs missing packages as root, or names the command that does.</summary>
internal sealed class DebianPackageInstaller(ToolRunner tools)
{
    private const string ServicePolicy = "/usr/sbin/policy-rc.d";

    /// <exception cref="BuildFailedException">Packages are missing and this user may not install them, or installing failed.</exception>
    public async Task EnsureAsync(IReadOnlyList<DebianPackage> packages, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/dpkg-query"))
        {
            throw new BuildFailedException("this target needs a Debian 12 machine (dpkg is not here)");
        }

        var missing = await MissingAsync(packages, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        string[] install = ["apt-get", "install", "-y", "--no-install-recommends", .. missing.Select(package => package.Name)];
        if (!Environment.IsPrivilegedProcess)
        {
            throw new BuildFailedException($"packages are missing; install them with:\n  sudo {string.Join(' ', install)}");
        }

        foreach (var package in missing)
        {
            BuildContext.Say($"installing {package.Name}: {package.Purpose}");
        }

        var environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        await tools.RequireAsync(new("apt-get", "update", "-qq"), cancellationToken);
        using (HoldServices())
        {
            await tools.RequireAsync(new(install[0], [.. install[1..], "-qq"]) { Environment = environment }, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<DebianPackage>> MissingAsync(IReadOnlyList<DebianPackage> packages, CancellationToken cancellationToken)
    {
        var listing = await tools.CaptureAsync(
            new("dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n"), cancellationToken);
        var installed = listing.Split('\n')
            .Select(line => line.Split(' ', 2))
            .Where(fields => fields.Length == 2 && fields[1].StartsWith("ii", StringComparison.Ordinal))
            .Select(fields => fields[0])
            .ToHashSet(StringComparer.Ordinal);
        return [.. packages.Where(package => !installed.Contains(package.Name))];
    }

    // docker.io and docker-registry would otherwise start servers that listen beyond this machine.
    [SupportedOSPlatform("linux")]
    private static ServiceHold? HoldServices() => File.Exists(ServicePolicy) ? null : new ServiceHold(ServicePolicy);

    /// <summary>Keeps freshly installed services from being started, as invoke-rc.d(8) documents.</summary>
    [SupportedOSPlatform("linux")]
    private sealed class ServiceHold : IDisposable
    {
        private readonly string _path;

        public ServiceHold(string path)
        {
            _path = path;
            File.WriteAllText(path, "#!/bin/sh\nexit 101\n");
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        public void Dispose() => File.Delete(_path);
    }
}
