using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads the registry options.</summary>
internal static class RegistryRules
{
    /// <returns>The authorities of all files, as one PEM text.</returns>
    public static string Check(RegistryRequest request, CheckList checks)
    {
        foreach (var mirror in request.Mirrors.Where(mirror => !IsRegistry(mirror)))
        {
            checks.Fail("RegistryMirror", $"'{mirror}' is not host[:port] or a URL such as https://mirror.example.org.");
        }

        foreach (var registry in request.Insecure.Where(registry => !IsRegistry(registry) && EndpointAddress.TryNetwork(registry) is null))
        {
            checks.Fail("InsecureRegistry", $"'{registry}' is not host[:port] or a network such as 10.0.0.0/8.");
        }

        foreach (var registry in request.Whitelist.Where(registry => !IsPattern(registry) && EndpointAddress.TryNetwork(registry) is null))
        {
            checks.Fail("WhitelistRegistry", $"'{registry}' is not host[:port], a domain such as *.example.org, or a network such as 10.0.0.0/8.");
        }

        return PemSource.ReadCertificates("RegistryCA", request.Authorities, checks);
    }

    private static bool IsPattern(string text) => HostPort.TryParse(text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text) is not null;

    private static bool IsRegistry(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) >= 0
            ? Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            : HostPort.TryParse(text) is not null;
}
