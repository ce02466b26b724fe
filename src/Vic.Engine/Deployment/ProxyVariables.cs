using Vic.Engine.Requests;

namespace Vic.Engine.Deployment;

/// <summary>The environment variables by which an endpoint's service finds its proxies (vmware/vic, lib/config: <c>GeneralHTTPProxy</c> and its siblings).</summary>
internal static class ProxyVariables
{
    private const string Http = "HTTP_PROXY";
    private const string Https = "HTTPS_PROXY";
    private const string Exceptions = "NO_PROXY";
    private const char Separator = ',';

    /// <summary>The proxies as lines of an environment.</summary>
    public static IEnumerable<string> Write(ProxyRequest proxies) =>
        new[] { (Http, proxies.Http), (Https, proxies.Https), (Exceptions, string.Join(Separator.ToString(), proxies.Exceptions)) }
            .Where(variable => !string.IsNullOrEmpty(variable.Item2)).Select(variable => $"{variable.Item1}={variable.Item2}");

    /// <summary>The proxies of an environment.</summary>
    public static ProxyRequest Read(IReadOnlyList<string> environment) => new()
    {
        Http = Find(environment, Http),
        Https = Find(environment, Https),
        Exceptions = Find(environment, Exceptions)?.Split([Separator], StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    /// <summary>Puts the proxies into an environment, in place of those that it has.</summary>
    public static void Replace(List<string> environment, ProxyRequest proxies)
    {
        environment.RemoveAll(line => Is(line, Http) || Is(line, Https) || Is(line, Exceptions));
        environment.AddRange(Write(proxies));
    }

    private static string? Find(IReadOnlyList<string> environment, string name) =>
        environment.FirstOrDefault(line => Is(line, name))?.Substring(name.Length + 1);

    private static bool Is(string line, string name) => line.StartsWith(name + "=", StringComparison.Ordinal);
}
