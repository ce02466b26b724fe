using System.Diagnostics;
using System.Security.Cryptography;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Containers;

/// <summary>What <c>docker run</c> promises, typed at a VCH of the vCenter model.</summary>
[Collection<VcenterVchCollection>]
public sealed class RunTests(VcenterVch vch)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task Docker_run_prints_from_inside_a_container_vm()
    {
        var result = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "echo", "hi");

        Assert.Equal(("hi\n", "", 0), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task Twenty_runs_in_a_row_give_their_output_twenty_times()
    {
        for (var run = 0; run < 20; run++)
        {
            var result = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "echo", $"hi {run}");

            Assert.Equal(($"hi {run}\n", 0), (result.Output, result.ExitCode));
        }
    }

    [Fact]
    public async Task Ten_megabytes_come_back_byte_for_byte_with_the_exit_status()
    {
        await EchoAsync("TCP", 10 << 20, "run", "-i", "--rm", "busybox", "sh", "-c", "cat; exit 7");
    }

    [Fact]
    public async Task A_container_without_a_network_carries_its_streams_over_the_serial_port()
    {
        await EchoAsync("the serial port", 256 << 10, "run", "-i", "--rm", "--network", "none", "busybox", "sh", "-c", "cat; exit 7");
    }

    [Fact]
    public async Task Output_and_errors_arrive_apart()
    {
        var result = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2; exit 3");

        Assert.Equal(("out\n", "err\n", 3), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task A_pipe_whose_reader_ends_ends_its_writer()
    {
        var result = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "sh", "-c", "yes | head -1");

        Assert.Equal(("y\n", 0), (result.Output, result.ExitCode));
    }

    [Fact]
    public async Task A_command_that_is_not_in_the_image_ends_with_127_and_leaves_nothing()
    {
        var result = await Docker.RunAsync(Cancellation, "run", "--rm", "--name", "missing-command", "busybox", "no-such-command");

        Assert.Equal(127, result.ExitCode);
        Assert.Contains("no-such-command", result.Error, StringComparison.Ordinal);
        Assert.Empty((await Docker.RunAsync(Cancellation, "ps", "-aq", "--filter", "name=missing-command")).EnsureSuccess().Output);
    }

    [Fact]
    public async Task Two_containers_run_at_the_same_time()
    {
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", "first", "busybox", "sleep", "600")).EnsureSuccess();
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", "second", "busybox", "sleep", "600")).EnsureSuccess();

        var running = (await Docker.RunAsync(Cancellation, "ps", "--format", "{{.Names}}")).EnsureSuccess().Output.Split('\n');
        var bootIds = new HashSet<string>
        {
            await BootIdAsync("first"),
            await BootIdAsync("second"),
            await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", Cancellation),
        };

        Assert.Contains("first", running);
        Assert.Contains("second", running);
        Assert.Equal(3, bootIds.Count);
        (await Docker.RunAsync(Cancellation, "rm", "-f", "first", "second")).EnsureSuccess();
    }

    [Fact]
    public async Task Docker_stop_delivers_SIGTERM_first()
    {
        const string trap = "trap 'echo term; exit 3' TERM; echo ready; while :; do sleep 0.1; done";
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", "stopped", "busybox", "sh", "-c", trap)).EnsureSuccess();
        await Docker.WaitForLogAsync("stopped", "ready", Cancellation);

        (await Docker.RunAsync(Cancellation, "stop", "-t", "60", "stopped")).EnsureSuccess();

        Assert.Equal("ready\nterm\n", (await Docker.RunAsync(Cancellation, "logs", "stopped")).EnsureSuccess().Output);
        Assert.Equal("exited 3\n", (await Docker.RunAsync(Cancellation, "inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", "stopped")).Output);
        (await Docker.RunAsync(Cancellation, "rm", "stopped")).EnsureSuccess();
    }

    [Fact]
    public async Task A_zombie_that_a_container_leaves_is_reaped()
    {
        // The subshell's child outlives its parent, so it becomes PID 1's to reap.
        const string orphan = "(sleep 0.2 & exit 0); sleep 2; grep -h '^State' /proc/[0-9]*/status | grep -c zombie; echo looked";

        var result = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "sh", "-c", orphan);

        Assert.Equal("0\nlooked\n", result.EnsureSuccess().Output);
    }

    private async Task EchoAsync(string way, int bytes, params string[] command)
    {
        var sent = RandomNumberGenerator.GetBytes(bytes);
        var started = Stopwatch.GetTimestamp();
        var result = await (Docker.Command(command) with { Input = sent }).RunAsync(Cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        TestContext.Current.TestOutputHelper!.WriteLine($"measured: {bytes / 1024 / seconds:F0} KB/s through docker run over {way}, the start of its VM included");
        Assert.Equal(7, result.ExitCode);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(result.OutputBytes));
    }

    private async Task<string> BootIdAsync(string container) =>
        (await Docker.RunAsync(Cancellation, "exec", container, "cat", "/proc/sys/kernel/random/boot_id")).EnsureSuccess().Output;
}
