using System.Diagnostics;

namespace Vic.Endpoint.Images.Datastore;

/// <summary>Makes the file system that all layers stand on.</summary>
internal static class DiskFormatter
{
    private const string Program = "/sbin/mkfs.ext4";
    private const string Label = "containerfs";

    // What the container's PID 1 and the mounts of a container need to find (vmware/vic, lib/portlayer/storage/image/vsphere).
    private static readonly string[] Directories = ["etc", "lib/modules", "proc", "sys", "run", "dev", "tmp", ".tether"];
    private static readonly string[] Files = ["etc/hostname", "etc/hosts", "etc/resolv.conf"];

    /// <summary>Formats a disk that holds nothing but zeros.</summary>
    public static async Task FormatAsync(string device, CancellationToken cancellationToken)
    {
        // The disk is new and thin: writing the tables' zeros would only make it thick.
        string[] arguments = ["-q", "-F", "-m", "0", "-L", Label, "-E", "nodiscard,assume_storage_prezeroed=1", device];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{Program} cannot be started");
        var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new IOException($"{Program} {device} ended with {process.ExitCode}: {error.Trim()}");
        }
    }

    /// <summary>Puts the directories and files below all images that a container needs even when its image has none.</summary>
    public static void WriteSkeleton(string root)
    {
        Directory.Delete(Path.Combine(root, "lost+found"));
        foreach (var directory in Directories)
        {
            Directory.CreateDirectory(Path.Combine(root, directory));
        }

        foreach (var file in Files)
        {
            File.WriteAllText(Path.Combine(root, file), "");
        }

        File.CreateSymbolicLink(Path.Combine(root, "etc/mtab"), "/proc/mounts");
    }
}
