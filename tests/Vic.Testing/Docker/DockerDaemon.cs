using System.Diagnostics;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Testing.Docker;

/// <summary>A real dockerd of Debian's docker.io with a data folder of its own, without networks; needs root.</summary>
public sealed class DockerDaemon : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private DockerDaemon(IEnumerable<string> options)
    {
        _process = new Command(
            "/usr/sbin/dockerd",
            [
                "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
                "--data-root", _folder["data"], "--exec-root", _folder["exec"],
                "-H", Host, "--pidfile", _folder["pid"], .. options,
            ]).Start();
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The value of DOCKER_HOST for this daemon.</summary>
    public string Host => $"unix://{_folder["docker.sock"]}";

    /// <summary>Starts the daemon and waits until it answers.</summary>
    public static async Task<DockerDaemon> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> options)
    {
        var daemon = new DockerDaemon(options);
        var client = DockerClient.For(daemon.Host);
        while ((await client.RunAsync(cancellationToken, "version")).ExitCode != 0)
        {
            if (daemon._process.HasExited)
            {
                throw new InvalidOperationException("dockerd ended while it started; it needs root");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return daemon;
    }

    public async ValueTask DisposeAsync()
    {
        // SIGTERM lets dockerd unmount what it mounted; only then can its folder go.
        await new Command("/bin/kill", "-TERM", $"{_process.Id}").RunAsync(CancellationToken.None);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
