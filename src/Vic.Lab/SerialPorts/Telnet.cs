namespace Vic.Lab.SerialPorts;

/// <summary>Telnet's bytes (RFC 854, RFC 856, RFC 858).</summary>
internal static class Telnet
{
    public const byte Iac = 255;
    public const byte Dont = 254;
    public const byte Do = 253;
    public const byte Wont = 252;
    public const byte Will = 251;
    public const byte SubnegotiationBegin = 250;
    public const byte SubnegotiationEnd = 240;
    public const byte Binary = 0;
    public const byte Echo = 1;
    public const byte SuppressGoAhead = 3;

    /// <summary>Doubles every IAC of data.</summary>
    public static byte[] Escape(ReadOnlySpan<byte> data)
    {
        var escaped = new byte[data.Length + data.Count(Iac)];
        var position = 0;
        foreach (var value in data)
        {
            escaped[position++] = value;
            if (value == Iac)
            {
                escaped[position++] = Iac;
            }
        }

        return escaped;
    }

    /// <summary>A subnegotiation of an option.</summary>
    public static byte[] Subnegotiate(byte option, ReadOnlySpan<byte> content) =>
        [Iac, SubnegotiationBegin, option, .. Escape(content), Iac, SubnegotiationEnd];
}
