using System.Management.Automation;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchOptionCmdlet
{
    /// <summary>The name in the server certificate: what clients dial.</summary>
    [Parameter]
    public string? TlsCommonName { get; set; }

    /// <summary>The folder for certificates, keys and the environment file; <c>./name</c> without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>A server certificate of your own: a PEM file that may hold the chain too.</summary>
    [Parameter]
    public string? TlsServerCertificate { get; set; }

    /// <summary>The PEM file with the key of <c>-TlsServerCertificate</c>.</summary>
    [Parameter]
    public string? TlsServerKey { get; set; }

    /// <summary>With a server certificate of your own, the authorities whose clients are let in: PEM files, or PEM texts.</summary>
    [Parameter]
    public string[]? TlsCA { get; set; }

    /// <summary>Lets in clients without a certificate.</summary>
    [Parameter]
    public SwitchParameter NoTlsVerify { get; set; }

    /// <summary>The organizations in new certificates; the VCH's name without it.</summary>
    [Parameter]
    public string[]? Organization { get; set; }

    /// <summary>The algorithm of new keys; RSA without it.</summary>
    [Parameter]
    public KeyAlgorithm? CertificateKeyAlgorithm { get; set; }

    /// <summary>The size of new keys in bits; 2048 for RSA and 256 for ECDSA without it.</summary>
    [Parameter]
    public int? CertificateKeySize { get; set; }

    private TlsRequest Apply(TlsRequest request) => request with
    {
        Mode = !IsGiven(nameof(NoTlsVerify)) ? request.Mode : NoTlsVerify ? TlsMode.ServerOnly : TlsMode.Mutual,
        CommonName = TlsCommonName ?? request.CommonName,
        CertificatePath = CertificatePath is null ? request.CertificatePath : FullPath(CertificatePath),
        ServerCertificate = TlsServerCertificate is null ? request.ServerCertificate : FullPath(TlsServerCertificate),
        ServerKey = TlsServerKey is null ? request.ServerKey : FullPath(TlsServerKey),
        ClientAuthorities = TlsCA?.Select(PemSource).ToList() ?? (NoTlsVerify ? [] : request.ClientAuthorities),
        Organizations = Organization ?? request.Organizations,
        Keys = CertificateKeyAlgorithm is { } algorithm ? KeyRecipe.Of(algorithm, CertificateKeySize)
            : CertificateKeySize is { } size ? request.Keys with { Size = size }
            : request.Keys,
    };
}
