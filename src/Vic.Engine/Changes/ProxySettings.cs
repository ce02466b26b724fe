using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>The proxies of image pulls: environment variables of the endpoint's service.</summary>
internal static class ProxySettings
{
    /// <summary>Sets or clears what is asked for; what is null stays.</summary>
    public static void Plan(SessionConfiguration service, VchChangeRequest request, SettingList settings, CheckList checks)
    {
        if (request is { HttpProxy: null, HttpsProxy: null, NoProxy: null })
        {
            return;
        }

        var present = ProxyVariables.Read(service.Environment);
        var (http, https) = (request.HttpProxy ?? present.Http ?? "", request.HttpsProxy ?? present.Https ?? "");

        // Exceptions go with the last proxy that they are made from.
        var wanted = new ProxyRequest
        {
            Http = http,
            Https = https,
            Exceptions = request.NoProxy ?? (http.Length + https.Length > 0 ? present.Exceptions : []),
        };
        ProxyRules.Check(wanted, checks);
        Compare("HttpProxy", present.Http ?? "", http);
        Compare("HttpsProxy", present.Https ?? "", https);
        settings.Compare("NoProxy", present.Exceptions, wanted.Exceptions);
        ProxyVariables.Replace(service.Environment, wanted);

        void Compare(string option, string before, string after)
        {
            if (before != after)
            {
                settings.Add(option, WithoutPassword(before), WithoutPassword(after));
            }
        }
    }

    private static string WithoutPassword(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var at = text.LastIndexOf('@');
        return start >= 0 && at > start ? text.Substring(0, start + 3) + text.Substring(at + 1) : text;
    }
}
