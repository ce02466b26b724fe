using System.Text;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads the registry options.</summary>
internal static class RegistryRules
{
    private const int MaximumFileLength = 1 << 20;

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

        var authorities = new StringBuilder();
        foreach (var file in request.AuthorityFiles)
        {
            if (ReadAuthority(file, checks) is { } pem)
            {
                authorities.Append(pem.TrimEnd()).Append('\n');
            }
        }

        return authorities.ToString();
    }

    private static bool IsRegistry(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) >= 0
            ? Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            : HostPort.TryParse(text) is not null;

    private static string? ReadAuthority(string file, CheckList checks)
    {
        try
        {
            if (new FileInfo(file).Length > MaximumFileLength)
            {
                checks.Fail("RegistryCA", $"'{file}' is too long for certificates.");
                return null;
            }

            var pem = File.ReadAllText(file);
            CertificatePemReader.ReadCertificate(pem);
            return pem;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            checks.Fail("RegistryCA", $"'{file}' cannot be used: {exception.Message}");
            return null;
        }
    }
}
