using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Containers;

/// <summary>What <c>docker exec</c> and <c>docker logs</c> promise while a container runs.</summary>
public abstract class ExecTests(DeployedVch vch) : IAsyncLifetime
{
    private const string Name = "exec-host";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    public async ValueTask InitializeAsync() =>
        (await Docker.RunAsync(
            Cancellation, "run", "-d", "--name", Name, "busybox", "sh", "-c", "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.5; done"))
        .EnsureSuccess();

    public async ValueTask DisposeAsync()
    {
        await Docker.RunAsync(CancellationToken.None, "rm", "-f", Name);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Exec_returns_output_errors_and_exit_code_while_the_main_process_runs()
    {
        var result = await Docker.RunAsync(Cancellation, "exec", Name, "sh", "-c", "echo out; echo err >&2; exit 5");

        Assert.Equal(("out\n", "err\n", 5), (result.Output, result.Error, result.ExitCode));
        Assert.Equal("true\n", (await Docker.RunAsync(Cancellation, "inspect", "--format", "{{.State.Running}}", Name)).Output);
    }

    [Fact]
    public async Task Exec_sees_the_end_of_its_input_and_still_answers()
    {
        var command = Docker.Command("exec", "-i", Name, "sh", "-c", "cat; echo after-the-end") with { Input = "typed\n"u8.ToArray() };

        var result = await command.RunAsync(Cancellation);

        Assert.Equal(("typed\nafter-the-end\n", 0), (result.Output, result.ExitCode));
    }

    [Fact]
    public async Task Logs_follow_shows_new_lines_as_they_come()
    {
        using var follow = Docker.Command("logs", "-f", Name).Start();

        for (var line = 0; line < 3; line++)
        {
            if (await follow.StandardOutput.ReadLineAsync(Cancellation) is not { } printed)
            {
                Assert.Fail($"docker logs -f ended: {await follow.StandardError.ReadToEndAsync(Cancellation)}\n{vch.Deployment.EndpointLog()}");
                return;
            }

            Assert.Equal($"line {line}", printed);
        }

        follow.Kill();
        await follow.WaitForExitAsync(Cancellation);
    }
}
