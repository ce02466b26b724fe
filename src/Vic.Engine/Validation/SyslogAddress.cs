using Vic.Configuration;

namespace Vic.Engine.Validation;

/// <summary>The address of a log server, <c>udp://host[:port]</c> or <c>tcp://host[:port]</c>, as in vic-machine's <c>--syslog-address</c>.</summary>
internal static class SyslogAddress
{
    private const string Option = "SyslogAddress";
    private const string Separator = "://";

    /// <summary>The port of syslog over UDP (RFC 5426, 3.3), which vmware/vic took for TCP as well.</summary>
    private const int DefaultPort = 514;

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address; null or empty for none.</param>
    /// <param name="checks">Told what is wrong with it.</param>
    /// <returns>What the endpoint is told; null without an address, or with a wrong one.</returns>
    public static SyslogConfiguration? Read(string? text, CheckList checks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text!.IndexOf('@') >= 0)
        {
            // The address is readable in vSphere, so the message must not show it either.
            checks.Fail(Option, "A log server takes no user and no password; pass udp://host[:port] or tcp://host[:port].");
            return null;
        }

        var start = text.IndexOf(Separator, StringComparison.Ordinal);
        var network = start < 0 ? "" : text.Substring(0, start).ToLowerInvariant();
        var server = network is "udp" or "tcp" ? HostPort.TryParse(text.Substring(start + Separator.Length)) : null;
        if (server is null)
        {
            checks.Fail(Option, $"'{text}' is not udp://host[:port] or tcp://host[:port].");
            return null;
        }

        return new SyslogConfiguration { Network = network, Address = server.Value.WithPort(DefaultPort) };
    }

    /// <summary>The address of a log server; empty for none.</summary>
    public static string Describe(SyslogConfiguration? server) => server is null ? "" : $"{server.Network}{Separator}{server.Address}";
}
