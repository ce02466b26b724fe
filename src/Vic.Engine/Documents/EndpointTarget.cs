using System.Globalization;

namespace Vic.Engine.Documents;

/// <summary>How an endpoint reaches vSphere, where that is not how we do.</summary>
internal static class EndpointTarget
{
    private const int HttpsPort = 443;

    /// <returns><c>host</c> or <c>host:port</c>; null when it is the server that we use.</returns>
    public static string? Describe(Uri target, Uri server) =>
        string.Equals(target.Host, server.Host, StringComparison.OrdinalIgnoreCase) && target.Port == server.Port ? null
        : target.Port == HttpsPort ? target.Host
        : string.Format(CultureInfo.InvariantCulture, "{0}:{1}", target.Host, target.Port);
}
