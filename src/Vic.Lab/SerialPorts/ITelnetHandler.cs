namespace Vic.Lab.SerialPorts;

/// <summary>Is told what a <see cref="TelnetParser"/> finds.</summary>
internal interface ITelnetHandler
{
    /// <summary>Data, unescaped.</summary>
    void OnData(ReadOnlySpan<byte> data);

    /// <summary>A request about an option: DO, DONT, WILL or WONT.</summary>
    void OnOption(byte verb, byte option);

    /// <summary>A subnegotiation, unescaped.</summary>
    void OnSubnegotiation(byte option, ReadOnlySpan<byte> content);
}
