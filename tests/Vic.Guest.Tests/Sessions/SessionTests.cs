using System.Text;
using CsCheck;
using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Guest.Tests.Sessions;

public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_gets_its_input_and_its_output_and_exit_code_arrive()
    {
        await using var pair = new SessionPair().Start();
        using var output = pair.Container.Main.Subscribe();

        await pair.Container.StartAsync(Cancellation);
        await pair.Container.Main.WriteInputAsync("hello"u8.ToArray(), Cancellation);
        pair.Container.Main.CloseInput();
        var input = await ReadToEndAsync(pair.Host.Main.Input);
        await pair.Host.Main.Output.WriteAsync(input, Cancellation);
        await pair.Host.Main.Error.WriteAsync("oops"u8.ToArray(), Cancellation);
        pair.Host.Main.Exit(3);
        var (standard, error) = await ReadAsync(output);
        var exit = await pair.Container.Main.Exited.WaitAsync(Cancellation);

        Assert.Equal(("hello", "oops", 3), (Encoding.UTF8.GetString(standard), Encoding.UTF8.GetString(error), exit.Code));
        Assert.True(await pair.Tether.DrainAsync(TimeSpan.FromMinutes(1), Cancellation));
        await pair.Container.Main.Drained.WaitAsync(Cancellation);
        Assert.Equal(3, (await pair.Tether.MainExited).Code);
    }

    [Fact]
    public async Task The_main_process_does_not_run_before_it_is_told_to()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.Connected.WaitAsync(Cancellation);

        Assert.False(pair.Container.Main.Started.IsCompleted);
        await pair.Container.StartAsync(Cancellation);
        Assert.Equal(TaskState.Running, pair.Container.Main.State);
    }

    [Fact]
    public async Task A_failed_start_says_why()
    {
        await using var pair = new SessionPair();
        pair.Host.MainFailure = new LaunchException(LaunchFailure.NotExecutable, "permission denied");
        pair.Start();

        var error = await Assert.ThrowsAsync<LaunchException>(() => pair.Container.StartAsync(Cancellation));

        Assert.Equal((LaunchFailure.NotExecutable, 126, "permission denied"), (error.Reason, error.ExitCode, error.Message));
        await Assert.ThrowsAsync<LaunchException>(() => pair.Tether.MainExited);
        Assert.True(await pair.Tether.DrainAsync(TimeSpan.FromMinutes(1), Cancellation));
    }

    [Fact]
    public async Task Further_processes_run_beside_the_main_one()
    {
        await using var pair = new SessionPair();
        ExecuteRequest? seen = null;
        var process = new ScriptedProcess();
        pair.Host.Execute = request =>
        {
            seen = request;
            return process;
        };
        pair.Start();
        await pair.Container.StartAsync(Cancellation);

        var task = pair.Container.Execute(new ExecuteRequest
        {
            Label = "exec1", Arguments = ["sh", "-c", "echo | cat"], Environment = ["A=1"], User = "1000:1000", Tty = true, OpenStdin = true, Rows = 24, Columns = 80,
        });
        using var output = task.Subscribe();
        await task.Started.WaitAsync(Cancellation);
        task.Resize(50, 120);
        task.Signal("TERM");
        await task.WriteInputAsync("x"u8.ToArray(), Cancellation);
        Assert.Equal((byte)'x', (byte)process.Input.ReadByte());
        await process.Output.WriteAsync("done"u8.ToArray(), Cancellation);
        process.Exit(0);

        Assert.Equal("done", Encoding.UTF8.GetString((await ReadAsync(output)).Standard));
        Assert.Equal(0, (await task.Exited.WaitAsync(Cancellation)).Code);
        Assert.Equal(["resize 50x120", "signal TERM"], process.Calls);
        Assert.Equal(["sh", "-c", "echo | cat"], seen!.Arguments);
        Assert.Equal(("exec1", "1000:1000", true, 24, 80), (seen.Label, seen.User, seen.Tty, seen.Rows, seen.Columns));
    }

    [Fact]
    public async Task An_exec_of_a_missing_program_fails_with_127_and_leaves_the_session_whole()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.StartAsync(Cancellation);

        var error = await Assert.ThrowsAsync<LaunchException>(
            () => pair.Container.Execute(new ExecuteRequest { Arguments = ["nope"] }).Started.WaitAsync(Cancellation));

        Assert.Equal(127, error.ExitCode);
        Assert.True(pair.Container.IsConnected);
    }

    [Fact]
    public async Task Reload_and_shutdown_reach_the_guest()
    {
        await using var pair = new SessionPair().Start();
        pair.Container.Reload();
        pair.Container.Shutdown(TimeSpan.FromSeconds(7));
        await pair.Container.StartAsync(Cancellation);

        while (true)
        {
            lock (pair.Host.Calls)
            {
                if (pair.Host.Calls.Count == 2)
                    break;
            }

            await Task.Delay(10, Cancellation);
        }

        Assert.Equal(["reload", "shutdown 7"], pair.Host.Calls.Order());
    }

    [Fact]
    public async Task Two_readers_see_the_same_output_and_a_late_one_the_rest()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.StartAsync(Cancellation);
        using var first = pair.Container.Main.Subscribe();
        using var second = pair.Container.Main.Subscribe();

        await pair.Host.Main.Output.WriteAsync("one"u8.ToArray(), Cancellation);
        Assert.Equal("one", Encoding.UTF8.GetString((await first.ReadAsync(Cancellation))!.Data.Span));
        Assert.Equal("one", Encoding.UTF8.GetString((await second.ReadAsync(Cancellation))!.Data.Span));
        using var late = pair.Container.Main.Subscribe();
        await pair.Host.Main.Output.WriteAsync("two"u8.ToArray(), Cancellation);
        pair.Host.Main.Exit(0);

        foreach (var subscription in new[] { first, second, late })
            Assert.Equal("two", Encoding.UTF8.GetString((await ReadAsync(subscription)).Standard));
    }

    [Fact]
    public async Task A_slow_reader_slows_the_process_and_not_the_other_streams()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.StartAsync(Cancellation);
        using var output = pair.Container.Main.Subscribe();
        var writing = pair.Host.Main.Output.WriteAsync(new byte[4 * 1024 * 1024], Cancellation).AsTask();

        var process = new ScriptedProcess();
        pair.Host.Execute = _ => process;
        var task = pair.Container.Execute(new ExecuteRequest { Arguments = ["ls"] });
        using var other = task.Subscribe();
        await task.Started.WaitAsync(Cancellation);
        await process.Output.WriteAsync("quick"u8.ToArray(), Cancellation);
        process.Exit(0);

        Assert.Equal("quick", Encoding.UTF8.GetString((await ReadAsync(other)).Standard));
        Assert.False(writing.IsCompleted);
        var length = 0;
        while (length < 4 * 1024 * 1024)
            length += (await output.ReadAsync(Cancellation))!.Data.Length;
        await writing;
    }

    /// <summary>A line carries at least an opening and one frame each way, or nothing could ever get through.</summary>
    [Theory]
    [InlineData(false, 40_000, 400_000)]
    [InlineData(true, 8_000, 150_000)]
    public async Task Bytes_in_are_bytes_out_through_any_number_of_cut_lines(bool isSerial, int shortestLine, int longest)
    {
        await Gen.Select(Gen.Int[shortestLine, 4 * shortestLine], Gen.Int[1, longest], Gen.Int[0, int.MaxValue]).SampleAsync(
            async (line, length, seed) =>
            {
                var random = new Random(seed);
                var sent = RandomBytes(seed, length);
                await using var pair = new SessionPair(profile: isSerial ? LinkProfile.Serial : LinkProfile.Network)
                {
                    Line = stream => new CuttingStream(stream, random.Next(shortestLine, line + 1)),
                };
                pair.Start();
                using var output = pair.Container.Main.Subscribe();
                await pair.Container.StartAsync(Cancellation);
                var writing = WriteAsync(pair, sent);
                var echoing = EchoAsync(pair);
                var (standard, _) = await ReadAsync(output);
                await writing;
                await echoing;
                Assert.Equal(sent, standard);
                Assert.Equal(42, (await pair.Container.Main.Exited.WaitAsync(Cancellation)).Code);
            },
            seed: "0000Line0001",
            iter: 8,
            threads: 1);
    }

    [Fact]
    public async Task An_endpoint_that_lost_its_power_is_given_up_while_the_process_still_writes()
    {
        var isFirst = true;
        await using var pair = new SessionPair(keepAlive: TimeSpan.FromMilliseconds(200))
        {
            Line = stream =>
            {
                var line = isFirst ? new DeadStream(stream, 300_000) : stream;
                isFirst = false;
                return line;
            },
        };
        pair.Start();
        using var output = pair.Container.Main.Subscribe();
        await pair.Container.StartAsync(Cancellation);
        var sent = RandomBytes(5, 2_000_000);
        var writing = pair.Host.Main.Output.WriteAsync(sent, Cancellation);
        var reading = ReadAsync(output);
        await writing;
        pair.Host.Main.Exit(0);

        Assert.Equal(sent, (await reading).Standard);
        Assert.True(pair.Connections > 1);
    }

    [Fact]
    public async Task After_a_restart_of_the_endpoint_a_new_one_gets_what_the_old_one_had_not_read()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.StartAsync(Cancellation);
        using (var output = pair.Container.Main.Subscribe())
        {
            await pair.Host.Main.Output.WriteAsync("early"u8.ToArray(), Cancellation);
            Assert.Equal("early", Encoding.UTF8.GetString((await output.ReadAsync(Cancellation))!.Data.Span));
        }

        await pair.Container.Main.WriteInputAsync("in1"u8.ToArray(), Cancellation);
        var early = new byte[3];
        await pair.Host.Main.Input.ReadExactlyAsync(early, Cancellation);
        await pair.StopEndpointAsync();
        await pair.Host.Main.Output.WriteAsync("late"u8.ToArray(), Cancellation);
        await pair.RestartEndpointAsync();
        using var later = pair.Container.Main.Subscribe();
        await pair.Container.Main.Started.WaitAsync(Cancellation);
        await pair.Container.Main.WriteInputAsync("in2"u8.ToArray(), Cancellation);
        pair.Container.Main.CloseInput();

        Assert.Equal("in1", Encoding.UTF8.GetString(early));
        Assert.Equal("in2", Encoding.UTF8.GetString(await ReadToEndAsync(pair.Host.Main.Input)));
        pair.Host.Main.Exit(9);
        Assert.EndsWith("late", Encoding.UTF8.GetString((await ReadAsync(later)).Standard), StringComparison.Ordinal);
        Assert.Equal(9, (await pair.Container.Main.Exited.WaitAsync(Cancellation)).Code);
    }

    [Fact]
    public async Task Without_an_endpoint_the_main_process_goes_on_and_the_newest_output_is_kept()
    {
        await using var pair = new SessionPair(new TetherSessionOptions { OutputCapacity = 32 * 1024, OutputGrace = TimeSpan.Zero });
        pair.Tether.StartMain();
        await pair.Host.Main.Output.WriteAsync(RandomBytes(1, 500_000), Cancellation);
        await pair.Host.Main.Output.WriteAsync("the end"u8.ToArray(), Cancellation);

        using var output = pair.Container.Main.Subscribe();
        pair.Host.Main.Exit(0);
        await pair.Tether.MainExited;
        pair.Start();

        var (standard, _) = await ReadAsync(output);
        Assert.EndsWith("the end", Encoding.UTF8.GetString(standard), StringComparison.Ordinal);
        Assert.InRange(standard.Length, 7, 32 * 1024);
    }

    [Fact]
    public async Task A_new_run_of_the_machine_does_not_take_over_the_session_of_the_old_one()
    {
        await using var pair = new SessionPair().Start();
        await pair.Container.StartAsync(Cancellation);
        var old = pair.Container;
        var reading = old.Main.Subscribe().ReadAsync(Cancellation).AsTask();

        old.Close();

        await Assert.ThrowsAsync<SessionLostException>(() => reading);
        await Assert.ThrowsAsync<SessionLostException>(() => old.Main.Exited);
    }

    private static async Task WriteAsync(SessionPair pair, byte[] data)
    {
        var random = new Random(data.Length);
        for (var at = 0; at < data.Length;)
        {
            var count = Math.Min(data.Length - at, random.Next(1, 20_000));
            await pair.Container.Main.WriteInputAsync(data.AsMemory(at, count), Cancellation);
            at += count;
        }

        pair.Container.Main.CloseInput();
    }

    private static async Task EchoAsync(SessionPair pair)
    {
        var buffer = new byte[5000];
        int count;
        while ((count = await pair.Host.Main.Input.ReadAsync(buffer, Cancellation)) > 0)
            await pair.Host.Main.Output.WriteAsync(buffer.AsMemory(0, count), Cancellation);
        pair.Host.Main.Exit(42);
    }

    private static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancellation);
        return all.ToArray();
    }

    private static async Task<(byte[] Standard, byte[] Error)> ReadAsync(OutputSubscription subscription)
    {
        using var standard = new MemoryStream();
        using var error = new MemoryStream();
        while (await subscription.ReadAsync(Cancellation) is { } chunk)
            (chunk.Kind == OutputKind.Standard ? standard : error).Write(chunk.Data.Span);
        return (standard.ToArray(), error.ToArray());
    }

    private static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
