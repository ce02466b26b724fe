using Vic.Configuration;

namespace Vic.Guest.Tests.Containers;

/// <summary>What a container's main process can rely on; each test boots a machine from the real ISO.</summary>
public sealed class MainProcessTests(BusyboxDisk disk) : IClassFixture<BusyboxDisk>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PID_1_runs_the_command_from_the_configuration_and_reports_its_exit_code()
    {
        await using var run = ContainerRun.Shell(disk, "echo hello from $HOSTNAME; echo trouble >&2; exit 7");

        Assert.Equal("hello from 0123456789ab\n", await run.OutputAsync(OutputStreamKind.Output, Cancellation));
        Assert.Equal("trouble\n", await run.OutputAsync(OutputStreamKind.Error, Cancellation));
        Assert.Equal("true", run.Started);
        Assert.Equal("7", run.ExitCode);
    }

    [Theory]
    [InlineData("missing", "exec: \"missing\": executable file not found in $PATH", "127")]
    [InlineData("/bin/missing", "exec: \"/bin/missing\": stat /bin/missing: no such file or directory", "127")]
    [InlineData("/etc/not-executable", "exec: \"/etc/not-executable\": permission denied", "126")]
    public async Task A_command_that_cannot_run_is_reported_as_docker_does(string command, string message, string exitCode)
    {
        await using var run = ContainerRun.Start(disk, session =>
        {
            session.Path = command;
            session.Arguments = [command];
        });

        await run.Machine.WaitForPowerOffAsync(Cancellation);
        Assert.Equal(message, run.Started);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public async Task The_user_with_its_groups_the_working_directory_and_the_environment_are_as_configured()
    {
        await using var run = ContainerRun.Shell(disk, "id -u; id -g; id -G; pwd; echo $COLOUR $HOME; stat -c %u /new/place", session =>
        {
            session.User = "user";
            session.WorkingDirectory = "/new/place";
            session.Environment = ["COLOUR=blue"];
        });

        Assert.Equal(
            ["1000", "1001", "1001 29", "/new/place", "blue /home/user", "0"],
            (await run.OutputAsync(OutputStreamKind.Output, Cancellation)).TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_container_sees_its_image_as_the_root_with_a_small_dev_and_its_own_names()
    {
        await using var run = ContainerRun.Shell(
            disk,
            "ls /dev | sort | tr '\\n' ' ' 2>/dev/null || ls /dev; cat /etc/hostname; grep -c ' / ext4 ' /proc/self/mounts; ls -d /lib/modules 2>&1; echo x > /dev/null && echo null");

        var output = await run.OutputAsync(OutputStreamKind.Output, Cancellation);
        Assert.Contains("urandom", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sda", output, StringComparison.Ordinal);
        Assert.EndsWith("0123456789ab\n1\nls: /lib/modules: No such file or directory\nnull\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_terminal_the_process_has_one_and_lines_end_as_terminals_end_them()
    {
        await using var run = ContainerRun.Shell(disk, "tty; echo $TERM; echo x > /dev/tty", session => session.Tty = true);

        Assert.Equal("/dev/pts/0\r\nxterm\r\nx\r\n", await run.OutputAsync(OutputStreamKind.Output, Cancellation));
    }

    [Fact]
    public async Task A_zombie_left_by_the_container_is_reaped()
    {
        // The inner shell's child outlives it, goes to PID 1 and ends there.
        await using var run = ContainerRun.Shell(disk, "sh -c 'sleep 0.1 & exit 0'; sleep 1; ps -o stat,comm | grep -c '^Z' ; exit 0");

        Assert.Equal("0\n", await run.OutputAsync(OutputStreamKind.Output, Cancellation));
    }

    [Fact]
    public async Task What_the_main_process_leaves_behind_does_not_keep_the_machine_alive()
    {
        await using var run = ContainerRun.Shell(disk, "setsid sleep 100000 & exit 3");

        await run.Machine.WaitForPowerOffAsync(Cancellation);
        Assert.Equal("3", run.ExitCode);
    }

    [Fact]
    public async Task A_pipe_whose_reader_is_gone_ends_the_writer()
    {
        await using var run = ContainerRun.Shell(disk, "yes | head -1");

        Assert.Equal("y\n", await run.OutputAsync(OutputStreamKind.Output, Cancellation));
    }

    [Fact]
    public async Task A_signal_that_ends_the_process_is_reported_as_128_and_its_number()
    {
        await using var run = ContainerRun.Shell(disk, "kill -9 $$");

        await run.Machine.WaitForPowerOffAsync(Cancellation);
        Assert.Equal("137", run.ExitCode);
    }

    [Fact]
    public async Task Shut_down_guest_sends_the_stop_signal()
    {
        await using var run = ContainerRun.Shell(disk, "trap 'echo stopped; exit 5' USR1; echo ready; while :; do sleep 0.1; done", session => session.StopSignal = "SIGUSR1");
        Assert.Equal("true", await run.WhenStartedAsync(Cancellation));
        await run.Machine.WhenOutputAsync(Cancellation);

        Assert.Equal("OK ", await run.Machine.Rpc.CommandAsync("OS_Halt", Cancellation));
        Assert.Equal("ready\nstopped\n", await run.OutputAsync(OutputStreamKind.Output, Cancellation));
        Assert.Equal("5", run.ExitCode);
    }
}
