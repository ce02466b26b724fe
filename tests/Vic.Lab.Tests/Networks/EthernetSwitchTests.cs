using Vic.Lab.Networks;

namespace Vic.Lab.Tests.Networks;

public sealed class EthernetSwitchTests
{
    private readonly EthernetSwitch _switch = new();

    [Fact]
    public void Unknown_destinations_are_flooded_and_learned_ones_are_not()
    {
        var (a, b, c) = (_switch.AddPort(), _switch.AddPort(), _switch.AddPort());
        a.Send(Frame(to: 2, from: 1));
        Assert.True(b.TryRead(out _) && c.TryRead(out _));
        Assert.False(a.TryRead(out _));
        b.Send(Frame(to: 1, from: 2));
        Assert.True(a.TryRead(out _));
        Assert.False(c.TryRead(out _));
    }

    [Fact]
    public void An_address_moves_with_its_machine_and_is_forgotten_with_its_port()
    {
        var (a, b, c) = (_switch.AddPort(), _switch.AddPort(), _switch.AddPort());
        b.Send(Frame(to: 9, from: 2));
        c.Send(Frame(to: 9, from: 2));
        Drain(a, b, c);
        a.Send(Frame(to: 2, from: 1));
        Assert.True(c.TryRead(out _));
        Assert.False(b.TryRead(out _));
        c.Dispose();
        a.Send(Frame(to: 2, from: 1));
        Assert.True(b.TryRead(out _));
    }

    [Fact]
    public void A_port_that_nobody_reads_drops_frames_and_holds_up_nobody()
    {
        var (fast, slow, sender) = (_switch.AddPort(), _switch.AddPort(), _switch.AddPort());
        for (var count = 0; count < 10_000; count++)
        {
            sender.Send(Frame(to: 0xFFFF_FFFF_FFFF, from: 3));
            Assert.True(fast.TryRead(out _));
        }

        Assert.True(slow.Dropped > 0);
    }

    [Fact]
    public void A_guest_that_invents_a_million_addresses_fills_no_memory_and_others_still_talk()
    {
        var (a, b) = (_switch.AddPort(), _switch.AddPort());
        for (var address = 1UL; address <= 1_000_000; address++)
        {
            a.Send(Frame(to: 2, from: address << 8));
            b.TryRead(out _);
        }

        b.Send(Frame(to: 1 << 8, from: 2));
        Assert.True(a.TryRead(out _));
    }

    [Fact]
    public async Task A_stream_cut_anywhere_gives_the_same_frames()
    {
        using var batch = new MemoryStream();
        var sent = Enumerable.Range(1, 20).Select(index => Frame(to: 1, from: (ulong)index, length: 14 + (index * 997))).ToList();
        sent.ForEach(frame => FrameStream.Append(batch, frame));
        foreach (var piece in (int[])[1, 3, 1000, 70_000])
        {
            var reader = new FrameStream(new ChoppedStream(batch.ToArray(), piece));
            foreach (var frame in sent)
            {
                Assert.Equal(frame, await reader.ReadAsync(TestContext.Current.CancellationToken));
            }

            Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(13u)]
    [InlineData(69_633u)]
    [InlineData(uint.MaxValue)]
    public async Task A_length_that_no_frame_has_ends_the_stream(uint length)
    {
        byte[] bytes = [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 1, 2, 3];
        var reader = new FrameStream(new MemoryStream(bytes));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static void Drain(params SwitchPort[] ports)
    {
        foreach (var port in ports)
        {
            while (port.TryRead(out _))
            {
            }
        }
    }

    private static byte[] Frame(ulong to, ulong from, int length = 60)
    {
        var frame = new byte[length];
        for (var index = 0; index < 6; index++)
        {
            frame[index] = (byte)(to >> (40 - (8 * index)));
            frame[6 + index] = (byte)(from >> (40 - (8 * index)));
        }

        return frame;
    }
}
