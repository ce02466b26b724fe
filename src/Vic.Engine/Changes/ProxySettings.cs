using Vic.Configuration;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>The proxies of image pulls: environment variables of the endpoint's service.</summary>
internal static class ProxySettings
{
    /// <summary>Sets or clears what is asked for; what is null stays.</summary>
    public static void Plan(SessionConfiguration service, VchChangeRequest request, SettingList settings, CheckList checks)
    {
        Change("HttpProxy", "HTTP_PROXY", request.HttpProxy, isAddress: true);
        Change("HttpsProxy", "HTTPS_PROXY", request.HttpsProxy, isAddress: true);
        Change("NoProxy", "NO_PROXY", request.NoProxy, isAddress: false);

        void Change(string option, string variable, string? value, bool isAddress)
        {
            if (value is null)
            {
                return;
            }

            if (isAddress && value.Length > 0 && !IsAddress(value))
            {
                checks.Fail(option, $"'{WithoutPassword(value)}' is not a proxy such as http://proxy.example.org:3128.");
                return;
            }

            var start = variable + "=";
            var present = service.Environment.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?.Substring(start.Length) ?? "";
            if (present == value)
            {
                return;
            }

            settings.Add(option, WithoutPassword(present), WithoutPassword(value));
            service.Environment.RemoveAll(line => line.StartsWith(start, StringComparison.Ordinal));
            if (value.Length > 0)
            {
                service.Environment.Add(start + value);
            }
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Host.Length > 0 && url.AbsolutePath == "/";

    private static string WithoutPassword(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var at = text.LastIndexOf('@');
        return start >= 0 && at > start ? text.Substring(0, start + 3) + text.Substring(at + 1) : text;
    }
}
