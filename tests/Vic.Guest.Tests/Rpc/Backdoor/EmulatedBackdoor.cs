using System.Buffers.Binary;
using Vic.Guest.Rpc.Backdoor;

namespace Vic.Guest.Tests.Rpc.Backdoor;

/// <summary>The host's side of the backdoor's messages, as a hypervisor plays it (open-vm-tools, lib/message and lib/include/guest_msg_def.h).</summary>
internal sealed class EmulatedBackdoor : IBackdoorPort
{
    private const uint Magic = 0x564D5868;
    private const uint CookieFlag = 0x80000000;

    private readonly Dictionary<uint, Channel> _channels = [];
    private uint _lastId;
    private int _steps;

    /// <summary>Answers a request of the guest's.</summary>
    public Func<byte[], byte[]> OnRequest { get; init; } = request => [.. "1 "u8, .. request];

    /// <summary>What the host wants of the guest.</summary>
    public Queue<byte[]> Commands { get; } = new();

    /// <summary>What the guest has answered to commands.</summary>
    public List<string> Replies { get; } = [];

    /// <summary>Whether channels are protected by cookies.</summary>
    public bool HasCookies { get; init; } = true;

    /// <summary>The payload step, from 1, at which a checkpoint comes in between; 0 for none.</summary>
    public int CheckpointAt { get; init; }

    /// <summary>How many channels are open.</summary>
    public int OpenChannels => _channels.Count;

    /// <summary>Forgets all channels, as after the machine was resumed on another host.</summary>
    public void ForgetChannels() => _channels.Clear();

    public void Call(ref BackdoorRegisters registers)
    {
        Assert.Equal((Magic, 0x1Eu, 0x5658u), (registers.Ax, registers.Cx & 0xFFFF, registers.Dx & 0xFFFF));
        var step = (BackdoorMessage)(registers.Cx >> 16);
        var status = step == BackdoorMessage.Open ? Open(ref registers) : _channels.TryGetValue(registers.Dx >> 16, out var channel) && channel.IsFor(registers)
            ? Step(channel, step, ref registers)
            : BackdoorStatus.None;
        registers.Cx = (registers.Cx & 0xFFFF) | ((uint)status << 16);
    }

    private BackdoorStatus Open(ref BackdoorRegisters registers)
    {
        if ((registers.Bx & CookieFlag) != 0 && !HasCookies)
            return BackdoorStatus.None;
        var channel = new Channel(registers.Bx & ~CookieFlag) { CookieHigh = HasCookies ? 0xC0FFEE00u : 0, CookieLow = HasCookies ? (_lastId + 1) * 0x01010101u : 0 };
        _channels[++_lastId] = channel;
        registers = registers with { Dx = (_lastId << 16) | (registers.Dx & 0xFFFF), Si = channel.CookieHigh, Di = channel.CookieLow };
        return BackdoorStatus.Success;
    }

    private BackdoorStatus Step(Channel channel, BackdoorMessage step, ref BackdoorRegisters registers)
    {
        if (step is BackdoorMessage.SendPayload or BackdoorMessage.ReceivePayload && ++_steps == CheckpointAt)
            return BackdoorStatus.Checkpoint;
        switch (step)
        {
            case BackdoorMessage.SendSize:
                channel.Begin((int)registers.Bx);
                if (registers.Bx == 0)
                    Finish(channel);
                return BackdoorStatus.Success | BackdoorStatus.HighBandwidth;
            case BackdoorMessage.SendPayload:
                if (channel.Take(registers.Bx))
                    Finish(channel);
                return BackdoorStatus.Success;
            case BackdoorMessage.ReceiveSize when channel.Outgoing is { } message:
                channel.Position = 0;
                registers.Bx = (uint)message.Length;
                registers.Dx = (registers.Dx & 0xFFFF) | ((uint)BackdoorMessage.SendSize << 16);
                return BackdoorStatus.Success | BackdoorStatus.DoReceive;
            case BackdoorMessage.ReceiveSize:
                return BackdoorStatus.Success;
            case BackdoorMessage.ReceivePayload:
                registers.Bx = channel.Next();
                registers.Dx = (registers.Dx & 0xFFFF) | ((uint)BackdoorMessage.SendPayload << 16);
                return BackdoorStatus.Success;
            case BackdoorMessage.ReceiveStatus:
                channel.Outgoing = null;
                return BackdoorStatus.Success;
            default:
                _channels.Remove(registers.Dx >> 16);
                return BackdoorStatus.Success;
        }
    }

    private void Finish(Channel channel)
    {
        if (channel.Protocol == BackdoorChannel.Rpci)
        {
            channel.Outgoing = OnRequest(channel.Incoming);
            return;
        }

        if (channel.Incoming.Length > 0)
            Replies.Add(System.Text.Encoding.UTF8.GetString(channel.Incoming));
        channel.Outgoing = Commands.TryDequeue(out var command) ? command : null;
    }

    private sealed class Channel(uint protocol)
    {
        private int _taken;

        public uint Protocol => protocol;

        public uint CookieHigh { get; init; }

        public uint CookieLow { get; init; }

        public byte[] Incoming { get; private set; } = [];

        public byte[]? Outgoing { get; set; }

        public int Position { get; set; }

        public bool IsFor(in BackdoorRegisters registers) => (registers.Si, registers.Di) == (CookieHigh, CookieLow);

        public void Begin(int length) => (Incoming, _taken) = (new byte[length], 0);

        public bool Take(uint word)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            var count = Math.Min(4, Incoming.Length - _taken);
            bytes[..count].CopyTo(Incoming.AsSpan(_taken));
            _taken += count;
            return _taken == Incoming.Length;
        }

        public uint Next()
        {
            Span<byte> bytes = stackalloc byte[4];
            bytes.Clear();
            Outgoing.AsSpan(Position, Math.Min(4, Outgoing!.Length - Position)).CopyTo(bytes);
            Position += 4;
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }
    }
}
