using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Lab.Tests.Machines.Guests;

/// <summary>A bootable ISO of Debian's cloud kernel, busybox and a shell script as PID 1; built once and kept.</summary>
internal static class GuestIso
{
    private static readonly string[] Modules =
    [
        "drivers/scsi/scsi_common", "drivers/scsi/scsi_mod", "drivers/scsi/sd_mod", "drivers/scsi/vmw_pvscsi", "drivers/net/vmxnet3/vmxnet3",
        "drivers/virtio/virtio_ring", "drivers/virtio/virtio", "drivers/virtio/virtio_pci_legacy_dev",
        "drivers/virtio/virtio_pci_modern_dev", "drivers/virtio/virtio_pci", "drivers/char/virtio_console",
    ];

    private static readonly SemaphoreSlim Building = new(1, 1);

    public static async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "test-guest")).FullName;
        var iso = Path.Combine(folder, "guest.iso");
        var init = Path.Combine(AppContext.BaseDirectory, "Machines", "Guests", "init.sh");
        await Building.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(iso) || File.GetLastWriteTimeUtc(iso) < File.GetLastWriteTimeUtc(init))
            {
                await BuildAsync(await UnpackKernelAsync(folder, cancellationToken), init, iso, cancellationToken);
            }
        }
        finally
        {
            Building.Release();
        }

        return iso;
    }

    private static async Task<string> UnpackKernelAsync(string folder, CancellationToken cancellationToken)
    {
        var unpacked = Path.Combine(folder, "kernel");
        if (!Directory.Exists(unpacked))
        {
            var depends = await RunAsync("apt-cache", "depends", "linux-image-cloud-amd64");
            var package = depends.Split('\n', StringSplitOptions.TrimEntries)
                .First(line => line.StartsWith("Depends: linux-image-", StringComparison.Ordinal))["Depends: ".Length..];
            using var download = new TemporaryFolder();
            await new Command("apt-get", "-q", "download", package) { WorkingDirectory = download.Path }.RunAsync(cancellationToken);
            await RunAsync("dpkg-deb", "-x", Directory.GetFiles(download.Path, "*.deb").Single(), download["files"]);
            await RunAsync("cp", "-r", download["files"], unpacked + ".new");
            Directory.Move(unpacked + ".new", unpacked);
        }

        return unpacked;
    }

    private static async Task BuildAsync(string kernel, string init, string iso, CancellationToken cancellationToken)
    {
        using var work = new TemporaryFolder();
        var root = Directory.CreateDirectory(work["root"]).FullName;
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        Directory.CreateDirectory(Path.Combine(root, "lib"));
        File.Copy("/bin/busybox", Path.Combine(root, "bin", "busybox"));
        File.CreateSymbolicLink(Path.Combine(root, "bin", "sh"), "busybox");
        File.Copy(init, Path.Combine(root, "init"));
        await RunAsync("chmod", "755", Path.Combine(root, "init"));
        var modules = Path.Combine(Directory.GetDirectories(Path.Combine(kernel, "lib", "modules")).Single(), "kernel");
        foreach (var module in Modules)
        {
            File.Copy(Path.Combine(modules, module + ".ko"), Path.Combine(root, "lib", Path.GetFileName(module) + ".ko"));
        }

        await File.WriteAllLinesAsync(Path.Combine(root, "lib", "order"), Modules.Select(Path.GetFileName)!, cancellationToken);
        var tree = Directory.CreateDirectory(work["iso"]).FullName;
        Directory.CreateDirectory(Path.Combine(tree, "isolinux"));
        await RunAsync("sh", "-c", $"cd '{root}' && find . | cpio -o -H newc --quiet | gzip -n1 > '{tree}/initrd.gz'");
        File.Copy("/usr/lib/ISOLINUX/isolinux.bin", Path.Combine(tree, "isolinux", "isolinux.bin"));
        File.Copy("/usr/lib/syslinux/modules/bios/ldlinux.c32", Path.Combine(tree, "isolinux", "ldlinux.c32"));
        File.Copy(Directory.GetFiles(Path.Combine(kernel, "boot"), "vmlinuz-*").Single(), Path.Combine(tree, "vmlinuz"));
        await File.WriteAllTextAsync(
            Path.Combine(tree, "isolinux", "isolinux.cfg"),
            "DEFAULT guest\nPROMPT 0\nLABEL guest\nKERNEL /vmlinuz\nINITRD /initrd.gz\nAPPEND console=ttyS1 quiet loglevel=4 panic=-1\n",
            cancellationToken);
        await RunAsync(
            "xorriso", "-as", "mkisofs", "-quiet", "-o", work["new.iso"], "-b", "isolinux/isolinux.bin", "-c",
            "isolinux/boot.cat", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", tree);
        File.Move(work["new.iso"], iso, overwrite: true);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments) =>
        (await new Command(program, arguments).RunAsync(TestContext.Current.CancellationToken)).EnsureSuccess().Output;
}
