using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Guest.Tests.Containers;

/// <summary>A disk with the tree of an image: busybox, some users, an ext4 file system as the endpoint makes it.</summary>
public sealed class BusyboxDisk : IAsyncLifetime
{
    private static readonly string[] Applets =
    [
        "sh", "cat", "echo", "id", "ls", "mkdir", "mount", "sleep", "kill", "true", "tty", "stty", "pwd", "env", "head", "yes", "ps", "hostname",
        "touch", "readlink", "seq", "wc", "grep", "setsid", "dd", "stat", "trap", "ulimit", "uname", "sort",
    ];

    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        var tree = _folder["tree"];
        foreach (var folder in new[] { "bin", "etc", "tmp", "home/user" })
            Directory.CreateDirectory(Path.Combine(tree, folder));
        File.Copy("/bin/busybox", Path.Combine(tree, "bin/busybox"));
        foreach (var applet in Applets)
            File.CreateSymbolicLink(Path.Combine(tree, "bin", applet), "busybox");
        await File.WriteAllTextAsync(Path.Combine(tree, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1001:User:/home/user:/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(tree, "etc/group"), "root:x:0:\nusers:x:1001:\naudio:x:29:user\n");
        await File.WriteAllTextAsync(Path.Combine(tree, "etc/not-executable"), "data");
        var made = await new Command("mkfs.ext4", "-q", "-L", "containerfs", "-d", tree, "-E", "root_owner=0:0", _folder["disk"], "32m")
            .RunAsync(CancellationToken.None);
        Assert.Equal(0, made.ExitCode);
    }

    /// <summary>A disk of its own for one machine.</summary>
    public string Copy(string path)
    {
        File.Copy(_folder["disk"], path);
        return path;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
