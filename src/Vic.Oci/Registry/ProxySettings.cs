using System.Net;

namespace Vic.Oci.Registry;

/// <summary>The proxies of the environment variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY, with the meaning that Go programs give them.</summary>
public sealed class ProxySettings : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly IReadOnlyList<string> _direct;

    private ProxySettings(Uri? http, Uri? https, IReadOnlyList<string> direct)
    {
        _http = http;
        _https = https;
        _direct = direct;
    }

    /// <summary>The user and password that stand in a proxy's address.</summary>
    public ICredentials? Credentials { get; set; }

    /// <summary>Reads the three variables; null when they name no proxy.</summary>
    /// <exception cref="FormatException">A proxy's address is not one.</exception>
    public static ProxySettings? Parse(string? http, string? https, string? noProxy)
    {
        var (httpProxy, httpsProxy) = (ParseAddress(http), ParseAddress(https));
        if (httpProxy is null && httpsProxy is null)
        {
            return null;
        }

        var direct = (noProxy ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var cache = new CredentialCache();
        foreach (var proxy in new[] { httpProxy, httpsProxy }.OfType<Uri>().Where(proxy => proxy.UserInfo.Length > 0).Distinct())
        {
            var user = proxy.UserInfo.Split(':', 2);
            cache.Add(proxy, "Basic", new NetworkCredential(Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? "")));
        }

        return new ProxySettings(httpProxy, httpsProxy, direct) { Credentials = cache };
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) =>
        IsDirect(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private bool IsDirect(Uri destination)
    {
        var host = destination.Host.Trim('[', ']');
        var isAddress = IPAddress.TryParse(host, out var address);
        if (destination.IsLoopback)
        {
            return true;
        }

        foreach (var entry in _direct)
        {
            var name = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[1..] : entry;
            if (name == "*"
                || string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, destination.Authority, StringComparison.OrdinalIgnoreCase)
                || (!isAddress && host.EndsWith(name[0] == '.' ? name : "." + name, StringComparison.OrdinalIgnoreCase))
                || (isAddress && IPNetwork.TryParse(name, out var network) && network.BaseAddress.AddressFamily == address!.AddressFamily && network.Contains(address)))
            {
                return true;
            }
        }

        return false;
    }

    private static Uri? ParseAddress(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(withScheme, UriKind.Absolute, out var proxy) && proxy.Host.Length > 0
            ? proxy
            : throw new FormatException("the proxy's address is not a URL");
    }
}
