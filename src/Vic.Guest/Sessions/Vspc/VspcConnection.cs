using System.Text;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Sessions.Vspc;

/// <summary>One telnet connection from a host on behalf of a virtual machine.</summary>
internal sealed class VspcConnection : IDisposable
{
    private const int BufferLength = 16 * 1024;
    private const int CookieSecretLength = 16;

    private readonly VspcServer server;
    private readonly Stream telnet;
    private readonly CancellationTokenSource ending;
    private readonly TelnetDecoder decoder = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly List<byte[]> subnegotiations = [];
    private readonly List<byte[]> answers = [];
    private VspcStream? serial;
    private string cookie = "";

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
                var data = decoder.Decode(buffer.AsSpan(0, count), OnOption, subnegotiations.Add);
                foreach (var subnegotiation in subnegotiations)
                    await HandleAsync(subnegotiation, cancellationToken).ConfigureAwait(false);
                subnegotiations.Clear();
                foreach (var answer in answers)
                    await SendRawAsync(answer, cancellationToken).ConfigureAwait(false);
                answers.Clear();

                // Bytes of a machine that has not said who it is belong to nobody.
                if (data > 0 && serial is not null)
                    await serial.AddAsync(buffer.AsMemory(0, data), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            serial?.OnClosed(this);
            if (cookie.Length > 0 && serial is { IsMoving: false })
                server.ForgetMove(cookie);
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
                await BeginMoveAsync(content, cancellationToken).ConfigureAwait(false);
                break;
            case VspcOption.MotionPeer:
                if (server.FindMove(Convert.ToHexString(content.Span)) is { } moving)
                {
                    serial = moving;
                    cookie = Convert.ToHexString(content.Span);
                    await AnswerAsync(VspcOption.MotionPeerOk, content, cancellationToken).ConfigureAwait(false);
                }

                break;
            case VspcOption.MotionComplete:
                server.ForgetMove(cookie);
                serial?.EndMove(this);
                break;
            case VspcOption.MotionAbort:
                server.ForgetMove(cookie);
                serial?.EndMove(next: null);
                break;
            case VspcOption.UnknownToProxy or VspcOption.UnknownToProxy - 1:
                break;
            default:
                await AnswerAsync(VspcOption.UnknownToProxy, message.AsMemory(1, 1), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask BeginMoveAsync(ReadOnlyMemory<byte> sequence, CancellationToken cancellationToken)
    {
        if (serial is null || serial.IsMoving)
        {
            await AnswerAsync(VspcOption.MotionNotNow, sequence, cancellationToken).ConfigureAwait(false);
            return;
        }

        await serial.BeginMoveAsync(cancellationToken).ConfigureAwait(false);
        byte[] answer = [.. sequence.Span, .. SessionKeys.Random(CookieSecretLength)];
        cookie = Convert.ToHexString(answer);
        server.RememberMove(cookie, serial);
        await AnswerAsync(VspcOption.MotionGoAhead, answer, cancellationToken).ConfigureAwait(false);
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
