using System.Text;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Sessions.Vspc;

/// <summary>One telnet connection from a host on behalf of a virtual machine.</summary>
internal sealed class VspcConnection : IDisposable
{
    private const int BufferLength = 16 * 1024;
    private const int SecretLength = 16;

    /// <summary>How long the source host of a vMotion may be silent before its connection counts as dead.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);

    private readonly VspcServer server;
    private readonly Stream telnet;
    private readonly CancellationTokenSource ending;
    private readonly TelnetDecoder decoder = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly List<byte[]> subnegotiations = [];
    private readonly List<byte[]> answers = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private VspcStream? serial;
    private VspcMove? move;
    private Task announcing = Task.CompletedTask;
    private long pieces;
    private bool isDelivering;
    private bool isAnnouncing;

    internal VspcConnection(VspcServer server, Stream telnet, CancellationTokenSource ending)
    {
        this.server = server;
        this.telnet = telnet;
        this.ending = ending;
    }

    /// <summary>Speaks until the host closes the connection.</summary>
    internal async Task RunAsync()
    {
        var cancellationToken = ending.Token;
        try
        {
            byte iac = TelnetDecoder.InterpretAsCommand, will = TelnetDecoder.Will, want = TelnetDecoder.Do;
            await SendRawAsync(
                new byte[]
                {
                    iac, will, VspcOption.Binary, iac, want, VspcOption.Binary, iac, will, VspcOption.SuppressGoAhead,
                    iac, want, VspcOption.SuppressGoAhead, iac, want, VspcOption.Vmware,
                },
                cancellationToken).ConfigureAwait(false);
            var buffer = new byte[BufferLength];
            while (true)
            {
                var count = await telnet.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count <= 0)
                    return;
                Interlocked.Increment(ref pieces);
                var data = decoder.Decode(buffer.AsSpan(0, count), OnOption, subnegotiations.Add);
                foreach (var subnegotiation in subnegotiations)
                    await HandleAsync(subnegotiation, cancellationToken).ConfigureAwait(false);
                subnegotiations.Clear();
                foreach (var answer in answers)
                    await SendRawAsync(answer, cancellationToken).ConfigureAwait(false);
                answers.Clear();

                // Bytes of a machine that has not said who it is belong to nobody.
                if (data > 0 && serial is not null)
                {
                    Volatile.Write(ref isDelivering, true);
                    await serial.AddAsync(this, buffer.AsMemory(0, data), cancellationToken).ConfigureAwait(false);
                    Volatile.Write(ref isDelivering, false);
                }
            }
        }
        finally
        {
            await announcing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            serial?.OnClosed(this);
            if (move is not null && serial is not { IsMoving: true })
                server.ForgetMove(move);
            ended.TrySetResult();
        }
    }

    /// <summary>Waits until the source host of a vMotion has said everything and closes, or is silent for too long.</summary>
    internal async Task DrainAsync()
    {
        while (true)
        {
            var before = Interlocked.Read(ref pieces);
            if (await Task.WhenAny(ended.Task, Task.Delay(SilenceLimit)).ConfigureAwait(false) == ended.Task)
                return;
            if (!Volatile.Read(ref isDelivering) && Interlocked.Read(ref pieces) == before)
            {
                Abandon();
                await ended.Task.ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sending.Dispose();

    /// <summary>Ends the connection because nobody reads it any more.</summary>
    internal void Abandon()
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The host has closed it already.
        }
    }

    internal ValueTask SendDataAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        SendRawAsync(Escape(data.Span), cancellationToken);

    private static byte[] Escape(ReadOnlySpan<byte> data)
    {
        var escaped = new byte[data.Length + data.Count(TelnetDecoder.InterpretAsCommand)];
        var rest = escaped.AsSpan();
        for (int at; (at = data.IndexOf(TelnetDecoder.InterpretAsCommand)) >= 0; data = data[(at + 1)..])
        {
            data[..(at + 1)].CopyTo(rest);
            rest[at + 1] = TelnetDecoder.InterpretAsCommand;
            rest = rest[(at + 2)..];
        }

        data.CopyTo(rest);
        return escaped;
    }

    private void OnOption(byte verb, byte option)
    {
        // What was offered and asked for at the beginning needs no further word; everything else is declined.
        if (option is VspcOption.Binary or VspcOption.SuppressGoAhead or VspcOption.Vmware || answers.Count > 64)
            return;
        if (verb == TelnetDecoder.Will)
            answers.Add([TelnetDecoder.InterpretAsCommand, TelnetDecoder.Dont, option]);
        else if (verb == TelnetDecoder.Do)
            answers.Add([TelnetDecoder.InterpretAsCommand, TelnetDecoder.Wont, option]);
    }

    private async ValueTask HandleAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (message.Length < 2 || message[0] != VspcOption.Vmware)
            return;
        var content = message.AsMemory(2);
        switch (message[1])
        {
            case VspcOption.KnownByMachine:
                await AnswerAsync(VspcOption.KnownByProxy, VspcOption.Known.ToArray(), cancellationToken).ConfigureAwait(false);
                await AnswerAsync(VspcOption.GetMachineUuid, default, cancellationToken).ConfigureAwait(false);
                break;
            case VspcOption.DoProxy:
                await AnswerAsync(VspcOption.WillProxy, default, cancellationToken).ConfigureAwait(false);
                break;
            case VspcOption.MachineUuid:
                if (serial is null && TryReadUuid(content.Span, out var uuid))
                {
                    serial = new VspcStream(this);
                    server.Offer(uuid, serial);
                }

                break;
            case VspcOption.MotionBegin:
                // Not waited for: the machine may have to be listened to before it takes what is being written.
                if (!Interlocked.Exchange(ref isAnnouncing, true))
                    announcing = Task.WhenAll(announcing, BeginMoveAsync(content.ToArray(), cancellationToken));
                else
                    await AnswerAsync(VspcOption.MotionNotNow, content, cancellationToken).ConfigureAwait(false);
                break;
            case VspcOption.MotionPeer:
                if (serial is null && server.FindMove(Convert.ToHexString(content.Span)) is { } announced && announced.Stream.Join(this))
                {
                    (serial, move) = (announced.Stream, announced);
                    await AnswerAsync(VspcOption.MotionPeerOk, announced.Sequence, cancellationToken).ConfigureAwait(false);
                }

                break;
            case VspcOption.MotionComplete:
                if (serial is not null)
                    await serial.CompleteMoveAsync(this).ConfigureAwait(false);
                ForgetMove();
                break;
            case VspcOption.MotionAbort:
                serial?.AbortMove(this);
                ForgetMove();
                break;
            case VspcOption.UnknownToProxy or VspcOption.UnknownToProxy - 1:
                break;
            default:
                await AnswerAsync(VspcOption.UnknownToProxy, message.AsMemory(1, 1), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async Task BeginMoveAsync(byte[] sequence, CancellationToken cancellationToken)
    {
        if (serial is null || !await serial.BeginMoveAsync(this, cancellationToken).ConfigureAwait(false))
        {
            Volatile.Write(ref isAnnouncing, false);
            await AnswerAsync(VspcOption.MotionNotNow, sequence, cancellationToken).ConfigureAwait(false);
            return;
        }

        byte[] answer = [.. sequence, .. SessionKeys.Random(SecretLength)];
        move = new VspcMove(serial, sequence, Convert.ToHexString(answer));
        server.RememberMove(move);

        // Before the answer is out: the host may give this vMotion up and announce the next at once.
        Volatile.Write(ref isAnnouncing, false);
        await AnswerAsync(VspcOption.MotionGoAhead, answer, cancellationToken).ConfigureAwait(false);
    }

    private void ForgetMove()
    {
        if (move is not null)
            server.ForgetMove(move);
        move = null;
    }

    private static bool TryReadUuid(ReadOnlySpan<byte> content, out Guid uuid)
    {
        uuid = Guid.Empty;
        if (content.Length > 64)
            return false;
        var digits = Encoding.ASCII.GetString(content).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Guid.TryParseExact(digits, "N", out uuid);
    }

    private ValueTask AnswerAsync(byte suboption, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => SendRawAsync(
        (byte[])
        [
            TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationBegin, VspcOption.Vmware, suboption, .. Escape(content.Span),
            TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationEnd,
        ],
        cancellationToken);

    private async ValueTask SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await telnet.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }
}
