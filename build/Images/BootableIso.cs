using System.Globalization;
using System.Runtime.Versioning;
using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>Assembles an ISO 9660 image that a BIOS boots through isolinux, byte for byte the same for the same inputs.</summary>
[SupportedOSPlatform("linux")]
internal sealed class BootableIso(ToolRunner tools, string publisher, DateTimeOffset time)
{
    private const string Isolinux = "/usr/lib/ISOLINUX/isolinux.bin";
    private const string Ldlinux = "/usr/lib/syslinux/modules/bios/ldlinux.c32";

    public static IReadOnlyList<string> Inputs { get; } = [Isolinux, Ldlinux];

    public async Task WriteAsync(string path, string kernel, byte[] initramfs, string commandLine, CancellationToken cancellationToken)
    {
        var tree = Directory.CreateTempSubdirectory("vic-iso-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(tree, "isolinux"));
            File.Copy(Isolinux, Path.Combine(tree, "isolinux/isolinux.bin"));
            File.Copy(Ldlinux, Path.Combine(tree, "isolinux/ldlinux.c32"));
            File.Copy(kernel, Path.Combine(tree, "isolinux/vmlinuz"));
            await File.WriteAllBytesAsync(Path.Combine(tree, "isolinux/initrd"), initramfs, cancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(tree, "isolinux/isolinux.cfg"),
                $"DEFAULT vic\nPROMPT 0\nTIMEOUT 0\nLABEL vic\n  KERNEL vmlinuz\n  INITRD initrd\n  APPEND {commandLine}\n",
                cancellationToken);
            Freeze(tree);

            var partial = path + ".partial";
            File.Delete(partial);
            string[] arguments =
            [
                "-as", "mkisofs", "-quiet", "-o", partial, "-V", "VIC", "-publisher", publisher,
                "-b", "isolinux/isolinux.bin", "-c", "isolinux/boot.cat", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table",
                "-r", "--set_all_file_dates", "set_to_mtime", tree,
            ];
            var environment = new Dictionary<string, string?>
            {
                ["SOURCE_DATE_EPOCH"] = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["TZ"] = "UTC",
            };
            await tools.RequireAsync(new ToolInvocation("xorriso", arguments) { Environment = environment }, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    private void Freeze(string tree)
    {
        foreach (var file in Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.SetLastWriteTimeUtc(file, time.UtcDateTime);
        }
        foreach (var folder in Directory.EnumerateDirectories(tree).Append(tree))
            Directory.SetLastWriteTimeUtc(folder, time.UtcDateTime);
    }
}
