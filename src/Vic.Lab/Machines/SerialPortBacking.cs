namespace Vic.Lab.Machines;

/// <summary>The other end of a serial port.</summary>
public abstract record SerialPortBacking
{
    private SerialPortBacking()
    {
    }

    /// <summary>The port's output is written to a file of the datastore.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Append">Whether what is there is kept (<c>answer.msg.serial.file.open = Append</c>).</param>
    public sealed record File(string Path, bool Append) : SerialPortBacking;

    /// <summary>The port leads to the network.</summary>
    /// <param name="IsClient">Whether the host connects (client) or listens (server).</param>
    /// <param name="ServiceUri">The service, such as <c>tcp://127.0.0.1:2379</c>.</param>
    /// <param name="ProxyUri">The virtual serial port concentrator, such as <c>telnet://10.77.0.15:2377</c>, or null.</param>
    public sealed record Network(bool IsClient, string ServiceUri, string? ProxyUri) : SerialPortBacking;
}
