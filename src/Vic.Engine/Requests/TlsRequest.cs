using Vic.Engine.Certificates;

namespace Vic.Engine.Requests;

/// <summary>How the Docker API of a VCH is to be protected.</summary>
public sealed record TlsRequest
{
    /// <summary>With client certificates, without them, or in the clear.</summary>
    public TlsMode Mode { get; init; } = TlsMode.Mutual;

    /// <summary>The name that clients dial: a DNS name, a wildcard, or an IP address.</summary>
    public string? CommonName { get; init; }

    /// <summary>The folder for the certificates.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>How key pairs are made.</summary>
    public KeyRecipe Keys { get; init; } = KeyRecipe.Default;

    /// <summary>The organizations in new certificates; the VCH's name when empty.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>A PEM file with the server's certificate and its chain; null makes one.</summary>
    public string? ServerCertificate { get; init; }

    /// <summary>A PEM file with the key of <see cref="ServerCertificate"/>.</summary>
    public string? ServerKey { get; init; }

    /// <summary>Authorities whose clients are let in, PEM files or PEM texts; only with a server certificate that is not made here.</summary>
    public IReadOnlyList<string> ClientAuthorities { get; init; } = [];
}
