using System.Buffers.Binary;

namespace Vic.Guest.Rpc.Backdoor;

/// <summary>
/// A channel of messages through the backdoor, four bytes a call (open-vm-tools, lib/message/message.c). The host answers each call at once; nothing waits.
/// </summary>
internal sealed class BackdoorChannel
{
    /// <summary>The guest asks, the host answers.</summary>
    public const uint Rpci = 0x49435052;

    /// <summary>The guest asks for commands, the host has one or none.</summary>
    public const uint Tclo = 0x4F4C4354;

    private const uint Magic = 0x564D5868;
    private const uint Port = 0x5658;
    private const uint MessageCommand = 0x1E;
    private const uint CookieFlag = 0x80000000;
    private const int WordLength = 4;

    // A machine is not moved more often during one message.
    private const int MostCheckpoints = 16;

    private readonly IBackdoorPort port;
    private readonly uint id;
    private readonly uint cookieHigh;
    private readonly uint cookieLow;

    private BackdoorChannel(IBackdoorPort port, in BackdoorRegisters opened, bool hasCookie)
    {
        this.port = port;
        id = opened.Dx >> 16;
        (cookieHigh, cookieLow) = hasCookie ? (opened.Si, opened.Di) : default;
    }

    /// <summary>Opens a channel. With a cookie no other process can use it; a host that knows no cookies is asked without.</summary>
    /// <exception cref="IOException">The host gives no channel.</exception>
    public static BackdoorChannel Open(IBackdoorPort port, uint protocol)
    {
        var registers = Request(BackdoorMessage.Open, protocol | CookieFlag);
        port.Call(ref registers);
        var hasCookie = Status(registers).HasFlag(BackdoorStatus.Success);
        if (!hasCookie)
        {
            registers = Request(BackdoorMessage.Open, protocol);
            port.Call(ref registers);
        }

        return Status(registers).HasFlag(BackdoorStatus.Success)
            ? new BackdoorChannel(port, registers, hasCookie)
            : throw new IOException("The hypervisor opens no channel for guest RPC. Check that isolation.tools settings of the virtual machine do not forbid it.");
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="IOException">The host did not take it; the channel is of no more use.</exception>
    public void Send(ReadOnlySpan<byte> message)
    {
        for (var attempt = 0; attempt < MostCheckpoints; attempt++)
        {
            if (TrySend(message))
                return;
        }

        throw Refused("a message, again and again,");
    }

    /// <summary>Takes a message of the host's; null when it has none.</summary>
    /// <exception cref="IOException">The host broke off, or its message is too long; the channel is of no more use.</exception>
    public byte[]? Receive()
    {
        for (var attempt = 0; attempt < MostCheckpoints; attempt++)
        {
            if (TryReceive(out var message))
                return message;
        }

        throw Refused("to be asked for a message, again and again,");
    }

    /// <summary>Gives the channel back; whatever the host says to it.</summary>
    public void Close() => Call(BackdoorMessage.Close, 0);

    /// <returns>False when a checkpoint came in between.</returns>
    private bool TrySend(ReadOnlySpan<byte> message)
    {
        Require(Call(BackdoorMessage.SendSize, (uint)message.Length), "the length of a message");
        Span<byte> word = stackalloc byte[WordLength];
        for (; !message.IsEmpty; message = message[Math.Min(WordLength, message.Length)..])
        {
            word.Clear();
            message[..Math.Min(WordLength, message.Length)].CopyTo(word);
            var answer = Call(BackdoorMessage.SendPayload, BinaryPrimitives.ReadUInt32LittleEndian(word));
            if (IsCheckpoint(answer))
                return false;
            Require(answer, "a message");
        }

        return true;
    }

    /// <returns>False when a checkpoint came in between.</returns>
    private bool TryReceive(out byte[]? message)
    {
        message = null;
        var size = Call(BackdoorMessage.ReceiveSize, 0);
        Require(size, "to be asked for a message");
        if (!Status(size).HasFlag(BackdoorStatus.DoReceive))
            return true;
        if (size.Dx >> 16 != (uint)BackdoorMessage.SendSize || size.Bx > GuestRpcFraming.MaximumPayload)
        {
            // Told that it was not taken, the host drops it.
            Call(BackdoorMessage.ReceiveStatus, (uint)BackdoorStatus.None);
            throw new IOException($"The hypervisor announced a message of guest RPC that cannot be taken ({size.Bx} bytes).");
        }

        var taken = new byte[size.Bx];
        Span<byte> word = stackalloc byte[WordLength];
        for (var rest = taken.AsSpan(); !rest.IsEmpty; rest = rest[Math.Min(WordLength, rest.Length)..])
        {
            var part = Call(BackdoorMessage.ReceivePayload, (uint)BackdoorStatus.Success);
            if (IsCheckpoint(part))
                return false;
            Require(part, "to be asked for a message's bytes");
            if (part.Dx >> 16 != (uint)BackdoorMessage.SendPayload)
                throw new IOException("The hypervisor announced a message of guest RPC and sent something else.");
            BinaryPrimitives.WriteUInt32LittleEndian(word, part.Bx);
            word[..Math.Min(WordLength, rest.Length)].CopyTo(rest);
        }

        var end = Call(BackdoorMessage.ReceiveStatus, (uint)BackdoorStatus.Success);
        if (IsCheckpoint(end))
            return false;
        Require(end, "that its message was taken");
        message = taken;
        return true;
    }

    private BackdoorRegisters Call(BackdoorMessage step, uint value)
    {
        var registers = Request(step, value) with { Dx = Port | (id << 16), Si = cookieHigh, Di = cookieLow };
        port.Call(ref registers);
        return registers;
    }

    private static BackdoorRegisters Request(BackdoorMessage step, uint value) => new(Magic, value, MessageCommand | ((uint)step << 16), Port, 0, 0);

    private static BackdoorStatus Status(in BackdoorRegisters registers) => (BackdoorStatus)(registers.Cx >> 16);

    private static bool IsCheckpoint(in BackdoorRegisters registers) =>
        (Status(registers) & (BackdoorStatus.Success | BackdoorStatus.Checkpoint)) == BackdoorStatus.Checkpoint;

    private static void Require(in BackdoorRegisters registers, string what)
    {
        if (!Status(registers).HasFlag(BackdoorStatus.Success))
            throw Refused(what);
    }

    private static IOException Refused(string what) => new($"The hypervisor refused {what} on a channel of guest RPC.");
}
