using System.Globalization;

namespace Vic.Engine.Validation;

/// <summary>A host with or without a port, as in <c>vch.example.org:2376</c> or <c>[2001:db8::1]:2376</c>.</summary>
internal readonly record struct HostPort(string Host, int? Port)
{
    public static HostPort? TryParse(string text)
    {
        var host = text.Trim();
        int? port = null;
        var colon = host.LastIndexOf(':');
        var isBareIPv6 = host.IndexOf(':') != colon && !host.StartsWith("[", StringComparison.Ordinal);
        if (colon >= 0 && !isBareIPv6 && !host.EndsWith("]", StringComparison.Ordinal))
        {
            if (!ushort.TryParse(host.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return null;
            }

            port = number;
            host = host.Substring(0, colon);
        }

        host = host.Trim('[', ']');
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? null : new HostPort(host, port);
    }

    public string WithPort(int defaultPort) => FormattableString.Invariant($"{UriHost}:{Port ?? defaultPort}");

    public override string ToString() => Port is { } port ? WithPort(port) : UriHost;

    private string UriHost => Host.IndexOf(':') >= 0 ? $"[{Host}]" : Host;
}
