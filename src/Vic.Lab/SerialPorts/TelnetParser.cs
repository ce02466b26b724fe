namespace Vic.Lab.SerialPorts;

/// <summary>Separates a telnet stream into data and commands; pieces may be cut anywhere.</summary>
internal sealed class TelnetParser(ITelnetHandler handler)
{
    /// <summary>The longest subnegotiation.</summary>
    public const int MaximumSubnegotiation = 4096;

    private readonly List<byte> _subnegotiation = [];
    private State _state = State.Data;
    private byte _verb;

    private enum State
    {
        /// <summary>Data passes through.</summary>
        Data,

        /// <summary>IAC was seen: a command follows.</summary>
        Command,

        /// <summary>DO, DONT, WILL or WONT was seen: the option follows.</summary>
        Option,

        /// <summary>Inside a subnegotiation.</summary>
        Subnegotiation,

        /// <summary>IAC was seen inside a subnegotiation.</summary>
        SubnegotiationCommand,
    }

    /// <summary>Takes the next piece of the stream.</summary>
    /// <exception cref="InvalidDataException">A subnegotiation has no end.</exception>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_state == State.Data)
            {
                var length = piece.IndexOf(Telnet.Iac);
                var data = length < 0 ? piece : piece[..length];
                if (!data.IsEmpty)
                {
                    handler.OnData(data);
                }

                if (length < 0)
                {
                    return;
                }

                _state = State.Command;
                piece = piece[(length + 1)..];
                continue;
            }

            Step(piece[0]);
            piece = piece[1..];
        }
    }

    private void Step(byte value)
    {
        switch (_state)
        {
            case State.Command when value is >= Telnet.Will and <= Telnet.Dont:
                _verb = value;
                _state = State.Option;
                break;
            case State.Command when value == Telnet.SubnegotiationBegin:
                _subnegotiation.Clear();
                _state = State.Subnegotiation;
                break;
            case State.Command:
                _state = State.Data;
                if (value == Telnet.Iac)
                {
                    handler.OnData([Telnet.Iac]);
                }

                break;
            case State.Option:
                _state = State.Data;
                handler.OnOption(_verb, value);
                break;
            case State.Subnegotiation when value == Telnet.Iac:
                _state = State.SubnegotiationCommand;
                break;
            case State.SubnegotiationCommand when value == Telnet.SubnegotiationEnd:
                _state = State.Data;
                if (_subnegotiation.Count > 0)
                {
                    handler.OnSubnegotiation(_subnegotiation[0], _subnegotiation.ToArray().AsSpan(1));
                }

                break;
            default:
                _state = State.Subnegotiation;
                if (_subnegotiation.Count == MaximumSubnegotiation)
                {
                    throw new InvalidDataException("a telnet subnegotiation has no end");
                }

                _subnegotiation.Add(value);
                break;
        }
    }
}
