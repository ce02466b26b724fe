using Vic.Testing.Processes;

namespace Vic.Testing.Images;

/// <summary>The images that tests and the demo use, made from Debian's packages and nothing else.</summary>
public static class SampleImages
{
    private const int Executable = 0b111_101_101;
    private const int SetUserId = 0b100_111_101_101;

    /// <summary>A busybox of three layers that runs: the binary and its names, the configuration files, a layer that hides one of them.</summary>
    public static async Task<TestImage> BusyboxAsync(
        CancellationToken cancellationToken, ImageFormat format = ImageFormat.Docker, LayerCompression compression = LayerCompression.Gzip)
    {
        var binary = await File.ReadAllBytesAsync("/bin/busybox", cancellationToken);
        var applets = (await new Command("/bin/busybox", "--list").RunAsync(cancellationToken)).EnsureSuccess().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var system = new LayerContent().Directory("bin").File("bin/busybox", binary, Executable);
        foreach (var applet in applets.Where(applet => applet != "busybox"))
        {
            system.HardLink($"bin/{applet}", "bin/busybox", Executable);
        }

        system.Directory("etc").Directory("root", 0b111_000_000).Directory("tmp", 0b1_111_111_111).Directory("var").Directory("home").Directory("dev").Directory("proc").Directory("sys");
        var files = new LayerContent()
            .Directory("etc")
            .File("etc/passwd", "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n")
            .File("etc/group", "root:x:0:\ndaemon:x:1:\nnobody:x:65534:\n")
            .File("etc/hidden", "never seen\n");
        var last = new LayerContent().Directory("etc").Whiteout("etc/hidden").File("etc/motd", "hello from a virtual machine\n");
        return TestImage.Build([system.ToArchive(), files.ToArchive(), last.ToArchive()], format, compression);
    }

    /// <summary>The layers of an image with everything that a layer can do to the one below it.</summary>
    public static IReadOnlyList<byte[]> SpecialLayers()
    {
        var lower = new LayerContent()
            .Directory("usr").Directory("usr/lib").SymbolicLink("lib", "usr/lib")
            .Directory("etc").File("etc/kept", "kept").File("etc/gone", "gone").File("etc/replaced", "old")
            .Directory("opaque").File("opaque/old", "old").Directory("opaque/deep").File("opaque/deep/older", "older")
            .Directory("tree").File("tree/leaf", "leaf")
            .File("becomes-directory", "file")
            .Directory("becomes-file").File("becomes-file/inner", "inner");
        var upper = new LayerContent()
            .File("lib/library.so", "through a link", Executable)
            .Directory("etc").Whiteout("etc/gone").File("etc/replaced", "new")
            .Directory("opaque", 0b111_000_000).File("opaque/new", "new").Opaque("opaque")
            .Whiteout("tree")
            .Directory("becomes-directory").File("becomes-directory/inner", "inner")
            .File("becomes-file", "now a file")
            .Directory("owned", 0b111_101_000, 1234, 4321).File("owned/by-1234", "mine", 0b110_100_000, 1234, 1234)
            .File("set-user-id", "#!/bin/sh\n", SetUserId, 1234, 1234)
            .Directory("sticky", 0b1_111_111_111)
            .File("attributes", [1, 2, 3], attributes: new Dictionary<string, string> { ["user.maker"] = "tests", ["trusted.secret"] = "value" })
            .Directory("attributed", attributes: new Dictionary<string, string> { ["user.kind"] = "directory" })
            .File("first-name", "two names").HardLink("second-name", "first-name")
            .SymbolicLink("absolute", "/etc/kept").SymbolicLink("dangling", "../../../nowhere").HardLink("link-to-link", "absolute")
            .CharacterDevice("null", 1, 3).Fifo("pipe")
            .File("implied/parents/file", "deep")
            .File("name with spaces and ünïcode", "text")
            .File(new string('n', 200) + "/" + new string('m', 180), "long");
        return [lower.ToArchive(), upper.ToArchive()];
    }
}
