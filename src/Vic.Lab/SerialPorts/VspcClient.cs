using System.Buffers;
using System.Globalization;
using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.SerialPorts;

/// <summary>
/// The host's side of a virtual serial port concentrator connection: after the telnet options are agreed on, the host names the virtual machine on
/// request and asks the concentrator to proxy the port; or, as the target of a vMotion, to take it for the machine that another host announced.
/// </summary>
internal sealed class VspcClient : ITelnetHandler
{
    private readonly Lock _lock = new();
    private readonly SerialPortIdentity _identity;
    private readonly SerialPortBacking.Network _backing;
    private readonly byte[]? _cookie;
    private readonly TelnetParser _parser;
    private readonly HashSet<(byte Verb, byte Option)> _answered = [];
    private readonly ArrayBufferWriter<byte> _toProxy = new();
    private readonly ArrayBufferWriter<byte> _toGuest = new();
    private byte[] _sequence = [];

    /// <param name="identity">The machine.</param>
    /// <param name="backing">Where its port leads.</param>
    /// <param name="cookie">Sequence and secret of the vMotion that this host is the target of; null for a new line.</param>
    public VspcClient(SerialPortIdentity identity, SerialPortBacking.Network backing, byte[]? cookie = null)
    {
        _identity = identity;
        _backing = backing;
        _cookie = cookie;
        _parser = new TelnetParser(this);
        foreach (var option in (byte[])[Telnet.Binary, Telnet.SuppressGoAhead, VmwareTelnet.Option])
        {
            Offer(Telnet.Will, option);
        }

        Offer(Telnet.Do, Telnet.Binary);
        Offer(Telnet.Do, Telnet.SuppressGoAhead);
    }

    /// <summary>Whether the concentrator has taken the port, or the target of a vMotion; the guest's bytes wait until then.</summary>
    public bool Proxied { get; private set; }

    /// <summary>Whether the concentrator has refused the port.</summary>
    public bool Refused { get; private set; }

    /// <summary>The concentrator's answer to the vMotion announced last; null as long as there is none.</summary>
    public MoveAnswer? MoveAnswer { get; private set; }

    /// <summary>Takes bytes from the concentrator, and returns what goes to the guest.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak telnet.</exception>
    public byte[] Receive(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _parser.Feed(bytes);
            return Take(_toGuest);
        }
    }

    /// <summary>What the negotiation has to say to the concentrator.</summary>
    public byte[] TakeNegotiation()
    {
        lock (_lock)
        {
            return Take(_toProxy);
        }
    }

    /// <summary>Announces a vMotion.</summary>
    /// <param name="sequence">Names it; any bytes.</param>
    public void BeginMove(byte[] sequence)
    {
        lock (_lock)
        {
            MoveAnswer = null;
            _sequence = sequence;
            Say(VmwareTelnet.MotionBegin, sequence);
        }
    }

    /// <summary>Tells, as the target, that the machine runs here.</summary>
    public void CompleteMove(byte[] sequence)
    {
        lock (_lock)
        {
            Say(VmwareTelnet.MotionComplete, sequence);
        }
    }

    /// <summary>Tells, as the source, that the machine stays here.</summary>
    public void AbortMove()
    {
        lock (_lock)
        {
            Say(VmwareTelnet.MotionAbort, _sequence);
            _sequence = [];
        }
    }

    void ITelnetHandler.OnData(ReadOnlySpan<byte> data) => _toGuest.Write(data);

    void ITelnetHandler.OnOption(byte verb, byte option)
    {
        var supported = option is Telnet.Binary or Telnet.SuppressGoAhead or VmwareTelnet.Option;
        switch (verb)
        {
            case Telnet.Do:
                Offer(supported ? Telnet.Will : Telnet.Wont, option);
                break;
            case Telnet.Will:
                Offer(supported || option == Telnet.Echo ? Telnet.Do : Telnet.Dont, option);
                break;
            default:
                break;
        }

        if ((verb, option) == (Telnet.Do, VmwareTelnet.Option) && _answered.Add((Telnet.SubnegotiationBegin, option)))
        {
            Say(VmwareTelnet.KnownSuboptions1, VmwareTelnet.Known);
            if (_cookie is not null)
            {
                Say(VmwareTelnet.MotionPeer, _cookie);
            }
            else
            {
                Say(VmwareTelnet.DoProxy, Encoding.UTF8.GetBytes((_backing.IsClient ? "C" : "S") + _backing.ServiceUri));
            }
        }
    }

    void ITelnetHandler.OnSubnegotiation(byte option, ReadOnlySpan<byte> content)
    {
        if (option != VmwareTelnet.Option || content.IsEmpty)
        {
            return;
        }

        switch (content[0])
        {
            case VmwareTelnet.KnownSuboptions1:
                Say(VmwareTelnet.KnownSuboptions2, VmwareTelnet.Known);
                break;
            case VmwareTelnet.WillProxy when _cookie is null:
                Proxied = true;
                break;
            case VmwareTelnet.MotionPeerOk when _cookie is not null:
                Proxied = true;
                break;
            case VmwareTelnet.WontProxy:
                Refused = true;
                break;
            case VmwareTelnet.MotionGoAhead when IsAnnounced(content[1..]):
                MoveAnswer = new MoveAnswer(_sequence, content[1..].ToArray());
                break;
            case VmwareTelnet.MotionNotNow when IsAnnounced(content[1..]):
                MoveAnswer = new MoveAnswer(_sequence, []);
                break;
            case VmwareTelnet.GetVmVcUuid when _cookie is null:
                Say(VmwareTelnet.VmVcUuid, Encoding.ASCII.GetBytes(FormatUuid(_identity.Uuid)));
                break;
            case VmwareTelnet.GetVmBiosUuid:
                Say(VmwareTelnet.VmBiosUuid, Encoding.ASCII.GetBytes(FormatUuid(_identity.Uuid)));
                break;
            case VmwareTelnet.GetVmLocationUuid:
                Say(VmwareTelnet.VmLocationUuid, Encoding.ASCII.GetBytes(FormatUuid(_identity.Uuid)));
                break;
            case VmwareTelnet.GetVmName:
                Say(VmwareTelnet.VmName, Encoding.UTF8.GetBytes(_identity.Name));
                break;
            case VmwareTelnet.KnownSuboptions2 or VmwareTelnet.UnknownSuboptionReceived1 or VmwareTelnet.UnknownSuboptionReceived2
                or VmwareTelnet.WillProxy or VmwareTelnet.MotionPeerOk or VmwareTelnet.MotionGoAhead or VmwareTelnet.MotionNotNow
                or VmwareTelnet.GetVmVcUuid:
                break;
            default:
                Say(VmwareTelnet.UnknownSuboptionReceived1, content[..1]);
                break;
        }
    }

    private bool IsAnnounced(ReadOnlySpan<byte> answer) => _sequence.Length > 0 && answer.StartsWith(_sequence);

    private static byte[] Take(ArrayBufferWriter<byte> buffer)
    {
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        return bytes;
    }

    /// <summary>The form of a .vmx file: sixteen bytes in hexadecimal, a dash in the middle.</summary>
    private static string FormatUuid(Guid uuid)
    {
        var words = uuid.ToByteArray(bigEndian: true).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)).ToArray();
        return $"{string.Join(' ', words[..8])}-{string.Join(' ', words[8..])}";
    }

    /// <summary>States a wish or an answer once; repeating it would make two polite peers talk for ever (RFC 1143).</summary>
    private void Offer(byte verb, byte option)
    {
        if (_answered.Add((verb, option)))
        {
            _toProxy.Write([Telnet.Iac, verb, option]);
        }
    }

    private void Say(byte suboption, ReadOnlySpan<byte> content) =>
        _toProxy.Write(Telnet.Subnegotiate(VmwareTelnet.Option, [suboption, .. content]));
}
