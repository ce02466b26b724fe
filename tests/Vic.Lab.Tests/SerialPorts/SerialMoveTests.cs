namespace Vic.Lab.Tests.SerialPorts;

/// <summary>vMotion of a serial port that is in use: the host's line and the endpoint's concentrator, with data in both directions all the while.</summary>
public sealed class SerialMoveTests
{
    private const int Length = 8 * 1024 * 1024;
    private const int Moves = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Not_a_byte_is_lost_or_doubled_while_the_port_moves_again_and_again()
    {
        await using var port = await ConcentratedPort.StartAsync();
        using var traffic = new Traffic(port);
        var moved = 0;
        for (var move = 0; move < Moves; move++)
        {
            await traffic.PassAsync(Length / Moves / 2 * move);
            await port.Line.MoveAsync(() => Task.FromResult(moved++), Cancellation);
        }

        await traffic.CompleteAsync();
        Assert.Equal((Moves, 1), (moved, port.Offers));
    }

    [Fact]
    public async Task A_vMotion_that_is_given_up_at_the_last_moment_leaves_the_line_where_it_was()
    {
        await using var port = await ConcentratedPort.StartAsync();
        using var traffic = new Traffic(port);
        for (var move = 0; move < Moves; move++)
        {
            await traffic.PassAsync(Length / Moves / 2 * move);
            if (move % 3 == 0)
            {
                await port.Line.MoveAsync(() => Task.CompletedTask, Cancellation);
            }
            else
            {
                var failure = await Assert.ThrowsAsync<InvalidOperationException>(
                    () => port.Line.MoveAsync(() => throw new InvalidOperationException("the target host has no memory"), Cancellation));
                Assert.Equal("the target host has no memory", failure.Message);
            }
        }

        await traffic.CompleteAsync();
        Assert.Equal(1, port.Offers);
    }

    [Fact]
    public async Task A_vMotion_that_is_cancelled_under_way_leaves_the_line_where_it_was()
    {
        await using var port = await ConcentratedPort.StartAsync();
        using var traffic = new Traffic(port);
        for (var move = 0; move < 10; move++)
        {
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => port.Line.MoveAsync(
                async () =>
                {
                    await cancellation.CancelAsync();
                    cancellation.Token.ThrowIfCancellationRequested();
                },
                cancellation.Token));
        }

        await port.Line.MoveAsync(() => Task.CompletedTask, Cancellation);
        await traffic.CompleteAsync();
    }

    /// <summary>While the machine is in flight, what the endpoint says waits; what the machine says still arrives.</summary>
    [Fact]
    public async Task The_endpoints_words_wait_until_the_machine_has_arrived()
    {
        await using var port = await ConcentratedPort.StartAsync();
        var writing = Task.CompletedTask;
        await port.Line.MoveAsync(
            async () =>
            {
                writing = port.Endpoint.WriteAsync("hello"u8.ToArray(), Cancellation).AsTask();
                await port.Guest.WriteAsync("still here"u8.ToArray(), Cancellation);
                Assert.Equal("still here"u8.ToArray(), await ReadAsync(port.Endpoint, 10));
                Assert.False(writing.IsCompleted);
            },
            Cancellation);
        await writing.WaitAsync(Cancellation);
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(port.Guest, 5));
    }

    [Fact]
    public async Task A_second_vMotion_waits_for_the_first()
    {
        await using var port = await ConcentratedPort.StartAsync();
        var (started, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = port.Line.MoveAsync(
            async () =>
            {
                started.SetResult();
                await go.Task;
            },
            Cancellation);
        await started.Task.WaitAsync(Cancellation);
        var arrived = false;
        var second = port.Line.MoveAsync(() => Task.FromResult(arrived = true), Cancellation);
        Assert.False(arrived);
        go.SetResult();
        await Task.WhenAll(first, second).WaitAsync(Cancellation);
        Assert.True(arrived);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }

    /// <summary>Random bytes both ways, checked as they come.</summary>
    private sealed class Traffic : IDisposable
    {
        private readonly Task _all;
        private long _passed;

        public Traffic(ConcentratedPort port)
        {
            _all = Task.WhenAll(
                WriteAsync(port.Guest, 1), CheckAsync(port.Endpoint, 1, counted: true),
                WriteAsync(port.Endpoint, 2), CheckAsync(port.Guest, 2, counted: false));
        }

        /// <summary>Waits until the endpoint has received so many bytes.</summary>
        public async Task PassAsync(long bytes)
        {
            while (Interlocked.Read(ref _passed) < bytes)
            {
                Assert.False(_all.IsFaulted, _all.Exception?.ToString());
                await Task.Delay(1, Cancellation);
            }
        }

        public Task CompleteAsync() => _all.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        public void Dispose() => _all.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);

        private static async Task WriteAsync(Stream stream, int seed)
        {
            var random = new Random(seed);
            var sizes = new Random(seed + 100);
            for (var left = Length; left > 0;)
            {
                var piece = new byte[Math.Min(left, sizes.Next(1, 20_000))];
                random.NextBytes(piece);
                await stream.WriteAsync(piece, Cancellation);
                left -= piece.Length;
            }
        }

        private async Task CheckAsync(Stream stream, int seed, bool counted)
        {
            // The same pieces as the writer's: pieces of other sizes would draw other bytes.
            var random = new Random(seed);
            var sizes = new Random(seed + 100);
            for (var left = Length; left > 0;)
            {
                var expected = new byte[Math.Min(left, sizes.Next(1, 20_000))];
                random.NextBytes(expected);
                Assert.Equal(expected, await ReadAsync(stream, expected.Length));
                left -= expected.Length;
                if (counted)
                {
                    Interlocked.Add(ref _passed, expected.Length);
                }
            }
        }
    }
}
