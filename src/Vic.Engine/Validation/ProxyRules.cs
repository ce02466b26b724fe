using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads the proxies.</summary>
internal static class ProxyRules
{
    public static void Check(ProxyRequest request, CheckList checks)
    {
        CheckAddress("HttpProxy", request.Http, checks);
        CheckAddress("HttpsProxy", request.Https, checks);
        foreach (var entry in request.Exceptions.Where(entry => entry.Trim().Length == 0 || entry.IndexOfAny([',', ' ', '|']) >= 0))
        {
            checks.Fail("NoProxy", $"'{entry}' is not a host, a domain such as .example.org, or a network; pass each as an item of its own.");
        }

        if (request.Exceptions.Count > 0 && string.IsNullOrEmpty(request.Http) && string.IsNullOrEmpty(request.Https))
        {
            checks.Fail("NoProxy", "There is no proxy to make exceptions from; pass -HttpProxy or -HttpsProxy as well.");
        }
    }

    private static void CheckAddress(string option, string? text, CheckList checks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || text!.IndexOf('|') >= 0)
        {
            checks.Fail(option, $"'{text}' is not http://host:port or https://host:port.");
        }
        else if (url.UserInfo.Length > 0)
        {
            // The address is kept in the settings of the endpoint VM, which every reader of the inventory sees. The message must not show it either.
            checks.Fail(option, $"The proxy at {url.Host} is given with a user and password, which would be readable in vSphere; pass it without them.");
        }
    }
}
