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

    /// <summary>How key pairs are made.</summary>
    public KeyRecipe Keys { get; init; } = KeyRecipe.Default;
}
