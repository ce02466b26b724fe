using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vic.Build.Execution;

namespace Vic.Build.Demo;

/// <summary>
/// A registry on loopback that stands for Docker Hub where the internet is not reachable: it holds one busybox, made from Debian's package.
/// </summary>
internal sealed class DemoRegistry : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private DemoRegistry(string folder, int port)
    {
        _folder = folder;
        Port = port;
        var configuration = Path.Combine(folder, "registry.yml");
        File.WriteAllText(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {folder}/data}}}}\nhttp: {{addr: \"127.0.0.1:{port}\"}}\n"));
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Starts the registry and puts <c>library/busybox:latest</c> into it.</summary>
    public static async Task<DemoRegistry> StartAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("vic-registry-").FullName;
        var registry = new DemoRegistry(folder, FreePort());
        try
        {
            await registry.WaitUntilServingAsync(cancellationToken);
            await registry.PushBusyboxAsync(context.Tools, cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PushBusyboxAsync(ToolRunner tools, CancellationToken cancellationToken)
    {
        var layout = Path.Combine(_folder, "layout");
        var image = $"{layout}:latest";
        var bundle = Path.Combine(_folder, "bundle");
        await tools.CaptureAsync(new("umoci", "init", "--layout", layout), cancellationToken);
        await tools.CaptureAsync(new("umoci", "new", "--image", image), cancellationToken);
        await tools.CaptureAsync(new("umoci", "unpack", "--rootless", "--image", image, bundle), cancellationToken);
        await FillAsync(tools, Path.Combine(bundle, "rootfs"), cancellationToken);
        await tools.CaptureAsync(new("umoci", "repack", "--image", image, bundle), cancellationToken);
        await tools.CaptureAsync(new("umoci", "config", "--image", image, "--config.cmd", "sh"), cancellationToken);
        await tools.CaptureAsync(
            new(
                "skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", "--format", "v2s2",
                $"oci:{image}", $"docker://127.0.0.1:{Port}/library/busybox:latest"),
            cancellationToken);
    }

    private static async Task FillAsync(ToolRunner tools, string root, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { "bin", "etc", "home", "root", "tmp", "usr/bin", "var" })
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        File.Copy("/bin/busybox", Path.Combine(root, "bin/busybox"));
        var applets = await tools.CaptureAsync(new("/bin/busybox", "--list"), cancellationToken);
        foreach (var applet in applets.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(applet => applet != "busybox"))
        {
            File.CreateSymbolicLink(Path.Combine(root, "bin", applet), "busybox");
        }

        File.WriteAllText(Path.Combine(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n");
        File.WriteAllText(Path.Combine(root, "etc/group"), "root:x:0:\nnogroup:x:65534:\n");
    }

    private async Task WaitUntilServingAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/v2/"), cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
