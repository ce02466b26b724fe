namespace Vic.Guest.Sessions.Vspc;

/// <summary>
/// Takes telnet apart (RFC 854, RFC 855): data bytes, option negotiation and subnegotiations. Accepts any bytes; a subnegotiation longer
/// than <see cref="MaximumSubnegotiation"/> is an error, everything unknown is skipped.
/// </summary>
internal sealed class TelnetDecoder
{
    internal const byte InterpretAsCommand = 255;
    internal const byte SubnegotiationBegin = 250;
    internal const byte SubnegotiationEnd = 240;
    internal const byte Will = 251;
    internal const byte Wont = 252;
    internal const byte Do = 253;
    internal const byte Dont = 254;

    internal const int MaximumSubnegotiation = 4096;

    private readonly byte[] subnegotiation = new byte[MaximumSubnegotiation];
    private State state;
    private byte verb;
    private int length;

    private enum State
    {
        /// <summary>Bytes are data.</summary>
        Data,

        /// <summary>A command follows.</summary>
        Command,

        /// <summary>The option of a WILL, WONT, DO or DONT follows.</summary>
        Option,

        /// <summary>Bytes belong to a subnegotiation.</summary>
        Subnegotiation,

        /// <summary>In a subnegotiation, a command or an escaped byte follows.</summary>
        SubnegotiationCommand,
    }

    /// <summary>Decodes bytes; data is written to the front of the same buffer, and its length given back.</summary>
    /// <param name="buffer">Telnet in, data out.</param>
    /// <param name="onOption">Called with WILL, WONT, DO or DONT and the option.</param>
    /// <param name="onSubnegotiation">Called with the content of a whole subnegotiation, its option first.</param>
    internal int Decode(Span<byte> buffer, Action<byte, byte> onOption, Action<byte[]> onSubnegotiation)
    {
        var data = 0;
        foreach (var value in buffer)
        {
            switch (state)
            {
                case State.Data when value == InterpretAsCommand:
                    state = State.Command;
                    break;
                case State.Data:
                    buffer[data++] = value;
                    break;
                case State.Command:
                    switch (value)
                    {
                        case InterpretAsCommand:
                            buffer[data++] = value;
                            state = State.Data;
                            break;
                        case Will or Wont or Do or Dont:
                            verb = value;
                            state = State.Option;
                            break;
                        case SubnegotiationBegin:
                            length = 0;
                            state = State.Subnegotiation;
                            break;
                        default:
                            state = State.Data;
                            break;
                    }

                    break;
                case State.Option:
                    state = State.Data;
                    onOption(verb, value);
                    break;
                case State.Subnegotiation when value == InterpretAsCommand:
                    state = State.SubnegotiationCommand;
                    break;
                case State.Subnegotiation:
                    Add(value);
                    break;
                case State.SubnegotiationCommand when value == InterpretAsCommand:
                    Add(value);
                    state = State.Subnegotiation;
                    break;
                case State.SubnegotiationCommand:
                    // Anything but the end is an error of the peer's; the subnegotiation is over either way.
                    state = State.Data;
                    if (value == SubnegotiationEnd && length > 0)
                        onSubnegotiation(subnegotiation[..length]);
                    break;
            }
        }

        return data;
    }

    private void Add(byte value)
    {
        if (length == MaximumSubnegotiation)
            throw new SessionProtocolException("A telnet subnegotiation is too long.");
        subnegotiation[length++] = value;
    }
}
