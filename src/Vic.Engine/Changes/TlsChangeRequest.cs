using Vic.Engine.Certificates;

namespace Vic.Engine.Changes;

/// <summary>Which certificates a VCH is to have from now on.</summary>
public sealed record TlsChangeRequest
{
    /// <summary>What is to become of them.</summary>
    public required TlsChangeKind Kind { get; init; }

    /// <summary>What clients dial; empty for the names of the certificate that the VCH has.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The folder of the VCH's certificates; for a new authority one without any.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The algorithm of new keys; null for that of the certificate that the VCH has.</summary>
    public KeyAlgorithm? KeyAlgorithm { get; init; }

    /// <summary>The size of new keys in bits; null for that of the certificate that the VCH has, or of another algorithm the usual one.</summary>
    public int? KeySize { get; init; }

    /// <summary>The organizations in new certificates; empty for those of the certificate that the VCH has.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>A PEM file with a server certificate of the user's own and its chain.</summary>
    public string? ServerCertificate { get; init; }

    /// <summary>A PEM file with the key of <see cref="ServerCertificate"/>.</summary>
    public string? ServerKey { get; init; }

    /// <summary>Authorities whose clients are let in, in place of those so far, as PEM files or PEM texts; empty when they stay.</summary>
    public IReadOnlyList<string> ClientAuthorities { get; init; } = [];

    /// <summary>Whether clients without a certificate are let in; null when that stays.</summary>
    public bool? LetsInAll { get; init; }
}
