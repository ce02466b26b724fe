using System.IO.Compression;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Machines.Benchmarks;

/// <summary>The floor of a container's start: the same kernel from an ISO of the same size, with a PID 1 that says one word.</summary>
internal static class BareKernelIso
{
    /// <summary>What the bare machine's PID 1 prints on its console, the second serial port.</summary>
    public const string Word = "bare-init";

    private const string Initrd = "/isolinux/initrd";

    private const string Script = $"""
        #!/bin/busybox sh
        echo {Word}
        /bin/busybox sleep 600

        """;

    /// <summary>Makes the ISO from a bootstrap ISO.</summary>
    public static async Task MakeAsync(string bootstrapIso, string destination, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var original = folder["original-initrd"];
        (await new Command("xorriso", "-osirrox", "on", "-indev", bootstrapIso, "-extract", Initrd, original).RunAsync(cancellationToken)).EnsureSuccess();

        var root = folder["bare-root"];
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        File.Copy("/bin/busybox", Path.Combine(root, "bin/busybox"));
        await File.WriteAllTextAsync(Path.Combine(root, "init"), Script, cancellationToken);
        File.SetUnixFileMode(Path.Combine(root, "init"), (UnixFileMode)0b111_101_101);
        (await new Command("mknod", Path.Combine(root, "dev/console"), "c", "5", "1").RunAsync(cancellationToken)).EnsureSuccess();
        var archive = await new Command("/bin/sh", "-c", "find . | cpio --quiet -o -H newc") { WorkingDirectory = root }.RunAsync(cancellationToken);

        var bare = folder["bare-initrd"];
        await using (var file = File.Create(bare))
        {
            await using (var compressed = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                await compressed.WriteAsync(archive.EnsureSuccess().OutputBytes, cancellationToken);
            }

            // The kernel skips zeros after an archive.
            file.SetLength(Math.Max(file.Length, new FileInfo(original).Length));
        }

        (await new Command("xorriso", "-indev", bootstrapIso, "-outdev", destination, "-boot_image", "any", "replay", "-update", bare, Initrd)
            .RunAsync(cancellationToken)).EnsureSuccess();
    }
}
