using System.Text;
using Vic.Lab.Machines;
using Vic.Lab.SerialPorts;

namespace Vic.Lab.Tests.SerialPorts;

public sealed class VspcClientTests
{
    private static readonly Guid Uuid = Guid.Parse("564d0123-4567-89ab-cdef-0123456789ab");

    private readonly VspcClient _client = new(
        new SerialPortIdentity("a machine", Uuid), new SerialPortBacking.Network(true, "tcp://127.0.0.1:2379", "telnet://10.77.0.15:2377"));

    [Fact]
    public void The_host_offers_the_extension_names_the_machine_and_asks_for_the_proxy()
    {
        Assert.True(Contains(_client.TakeNegotiation(), [255, 251, 232]));
        _client.Receive([255, 253, 232]);
        var asked = _client.TakeNegotiation();
        Assert.True(Contains(asked, [255, 250, 232, 0]));
        Assert.True(Contains(asked, [255, 250, 232, 70, .. "Ctcp://127.0.0.1:2379"u8, 255, 240]));
        Assert.False(_client.Proxied);
        _client.Receive([255, 250, 232, 81, 255, 240]);
        Assert.Equal(
            [255, 250, 232, 80, .. "56 4d 01 23 45 67 89 ab-cd ef 01 23 45 67 89 ab"u8, 255, 240],
            _client.TakeNegotiation());
        _client.Receive([255, 250, 232, 71, 255, 240]);
        Assert.True(_client.Proxied);
    }

    [Fact]
    public void Data_passes_between_commands_and_a_doubled_IAC_is_one_byte()
    {
        byte[] stream = [.. "ab"u8, 255, 255, .. "c"u8, 255, 253, 232, .. "d"u8, 255, 250, 232, 1, 2, 255, 255, 255, 240, .. "e"u8];
        Assert.Equal([.. "ab"u8, 255, .. "cde"u8], _client.Receive(stream));
        var received = new List<byte>();
        foreach (var value in stream)
        {
            received.AddRange(_client.Receive([value]));
        }

        Assert.Equal([.. "ab"u8, 255, .. "cde"u8], received);
        Assert.Equal([1, 255, 255, 2], Telnet.Escape([1, 255, 2]));
    }

    [Fact]
    public void Repeated_requests_are_answered_once_and_foreign_options_are_declined()
    {
        _client.TakeNegotiation();
        _client.Receive([255, 253, 24]);
        Assert.Equal([255, 252, 24], _client.TakeNegotiation());
        _client.Receive([255, 253, 24, 255, 253, 0, 255, 251, 0]);
        Assert.Empty(_client.TakeNegotiation());
    }

    [Fact]
    public void A_refusal_is_seen_and_an_unknown_suboption_is_reported()
    {
        _client.TakeNegotiation();
        _client.Receive([255, 250, 232, 99, 1, 2, 255, 240]);
        Assert.Equal([255, 250, 232, 2, 99, 255, 240], _client.TakeNegotiation());
        _client.Receive([255, 250, 232, 73, 255, 240]);
        Assert.True(_client.Refused);
    }

    [Fact]
    public void A_vMotion_is_announced_answered_taken_over_and_completed()
    {
        _client.TakeNegotiation();
        _client.BeginMove([7]);
        Assert.Equal([255, 250, 232, 40, 7, 255, 240], _client.TakeNegotiation());
        Assert.Null(_client.MoveAnswer);
        _client.Receive([255, 250, 232, 41, 7, 1, 2, 3, 255, 240]);
        Assert.Equal([7, 1, 2, 3], _client.MoveAnswer!.Cookie);

        var target = new VspcClient(
            new SerialPortIdentity("a machine", Uuid), new SerialPortBacking.Network(true, "s", "p"), [7, 1, 2, 3]);
        target.TakeNegotiation();
        target.Receive([255, 253, 232]);
        var asked = target.TakeNegotiation();
        Assert.True(Contains(asked, [255, 250, 232, 44, 7, 1, 2, 3, 255, 240]));
        Assert.False(Contains(asked, [255, 250, 232, 70]));
        target.Receive([255, 250, 232, 45, 7, 255, 240]);
        Assert.True(target.Proxied);
        target.CompleteMove([7]);
        Assert.Equal([255, 250, 232, 46, 7, 255, 240], target.TakeNegotiation());
    }

    [Fact]
    public void A_vMotion_is_refused_by_name_given_up_and_no_answer_to_another_one_is_taken_for_its_own()
    {
        _client.TakeNegotiation();
        _client.BeginMove([7]);
        _client.Receive([255, 250, 232, 43, 6, 255, 240]);
        Assert.Null(_client.MoveAnswer);
        _client.Receive([255, 250, 232, 43, 7, 255, 240]);
        Assert.Empty(_client.MoveAnswer!.Cookie);
        _client.TakeNegotiation();
        _client.AbortMove();
        Assert.Equal([255, 250, 232, 48, 7, 255, 240], _client.TakeNegotiation());
    }

    [Fact]
    public void A_subnegotiation_without_an_end_is_refused() =>
        Assert.Throws<InvalidDataException>(() => _client.Receive([255, 250, 232, .. Encoding.ASCII.GetBytes(new string('x', 5000))]));

    [Fact]
    public void No_bytes_whatever_break_the_parser()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            for (var index = 0; index < bytes.Length; index += random.Next(1, 5))
            {
                bytes[index] = (byte)(random.Next(3) == 0 ? 232 : random.Next(240, 256));
            }

            new VspcClient(new SerialPortIdentity("a", Uuid), new SerialPortBacking.Network(true, "s", "p")).Receive(bytes);
        }
    }

    private static bool Contains(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;
}
