using Vic.Testing.Processes;

namespace Vic.Testing.Docker;

/// <summary>A stock docker CLI aimed at one daemon, without the user's own configuration.</summary>
/// <param name="Executable">The CLI's path.</param>
/// <param name="Environment">DOCKER_HOST and friends.</param>
public sealed record DockerClient(string Executable, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>Debian's docker CLI (20.10).</summary>
    public const string Debian = "/usr/bin/docker";

    /// <summary>A plain or unix-socket daemon.</summary>
    public static DockerClient For(string host, string executable = Debian) =>
        new(executable, new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = host,
            ["DOCKER_TLS_VERIFY"] = null,
            ["DOCKER_CERT_PATH"] = null,
            ["DOCKER_CONFIG"] = "/nonexistent/docker",
        });

    /// <summary>A daemon behind mutual TLS; the folder holds ca.pem, cert.pem and key.pem.</summary>
    public static DockerClient ForTls(string address, string certificatePath, string executable = Debian) =>
        new(executable, new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = $"tcp://{address}",
            ["DOCKER_TLS_VERIFY"] = "1",
            ["DOCKER_CERT_PATH"] = certificatePath,
            ["DOCKER_CONFIG"] = "/nonexistent/docker",
        });

    public Command Command(params IReadOnlyList<string> arguments) =>
        new(Executable, arguments) { Environment = Environment };

    public Task<CommandResult> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        Command(arguments).RunAsync(cancellationToken);

    /// <summary>Runs a shell line in which <c>docker</c> is this client.</summary>
    public Task<CommandResult> ShellAsync(string line, CancellationToken cancellationToken) =>
        new Command("/bin/sh", "-c", $"docker() {{ {Executable} \"$@\"; }}\n{line}") { Environment = Environment }.RunAsync(cancellationToken);
}
