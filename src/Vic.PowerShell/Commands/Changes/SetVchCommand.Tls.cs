using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Changes;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Changes;

public sealed partial class SetVchCommand
{
    /// <summary>Gives the VCH a new server certificate for these names, by the authority in the certificate folder: what clients dial.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string[]? TlsCommonName { get; set; }

    /// <summary>Gives the VCH a new server certificate for the names that the present one has. Clients notice nothing.</summary>
    [Parameter(ParameterSetName = Settings)]
    public SwitchParameter RenewCertificate { get; set; }

    /// <summary>
    /// Gives the VCH a new authority, server and client certificate, in a folder that has none yet: certificates that clients have so far open nothing any more.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    public SwitchParameter NewAuthority { get; set; }

    /// <summary>
    /// The folder of the VCH's certificates; the one that the VCH object names, or <c>./name</c>, without it. Passed alone, the VCH gets the certificates
    /// that the folder holds; beside <c>-Configuration</c> it only names the folder.
    /// </summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>A server certificate of your own: a PEM file that may hold the chain too. It stays as it is; <c>-TlsCommonName</c> only says what it must be valid for.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string? TlsServerCertificate { get; set; }

    /// <summary>The PEM file with the key of <c>-TlsServerCertificate</c>.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string? TlsServerKey { get; set; }

    /// <summary>The authorities whose clients are let in, in place of those so far: PEM files, or PEM texts.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string[]? TlsCA { get; set; }

    /// <summary>Lets in clients without a certificate; <c>-NoTlsVerify:$false</c> lets in only those with one again, which takes an authority.</summary>
    [Parameter(ParameterSetName = Settings)]
    public SwitchParameter NoTlsVerify { get; set; }

    /// <summary>Gives the VCH a new server certificate with these organizations; without it new ones have those of the present one.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string[]? Organization { get; set; }

    /// <summary>Gives the VCH a new server certificate with a key of this algorithm; without it new ones have that of the present one.</summary>
    [Parameter(ParameterSetName = Settings)]
    public KeyAlgorithm? CertificateKeyAlgorithm { get; set; }

    /// <summary>Gives the VCH a new server certificate with a key of this size in bits; without it new ones have that of the present one.</summary>
    [Parameter(ParameterSetName = Settings)]
    public int? CertificateKeySize { get; set; }

    private protected override string? PassedCertificatePath => CertificatePath;

    private bool AsksForNewCertificate =>
        RenewCertificate || NewAuthority || Organization is not null || CertificateKeyAlgorithm is not null || CertificateKeySize is not null;

    private TlsChangeRequest? ReadTls(VchTarget target)
    {
        var bringsOwn = TlsServerCertificate is not null || TlsServerKey is not null;
        if (bringsOwn && AsksForNewCertificate)
        {
            Refuse(
                "InvalidArgument",
                VicErrorKind.InvalidInput,
                "A server certificate of your own is taken as it is: with -TlsServerCertificate leave out -RenewCertificate, -NewAuthority, -Organization, -CertificateKeyAlgorithm and -CertificateKeySize.");
        }

        TlsChangeKind? kind = NewAuthority ? TlsChangeKind.NewAuthority
            : bringsOwn ? TlsChangeKind.UseFiles
            : AsksForNewCertificate || TlsCommonName is not null ? TlsChangeKind.Renew
            : CertificatePath is not null && Configuration is null ? TlsChangeKind.UseFolder
            : TlsCA is not null || Flag(nameof(NoTlsVerify), NoTlsVerify) is not null ? TlsChangeKind.Keep
            : null;
        return kind is null ? null : new TlsChangeRequest
        {
            Kind = kind.Value,
            Names = TlsCommonName ?? [],
            CertificatePath = CertificateFolderOf(target, CertificatePath),
            KeyAlgorithm = CertificateKeyAlgorithm,
            KeySize = CertificateKeySize,
            Organizations = Organization ?? [],
            ServerCertificate = TlsServerCertificate is null ? null : FullPath(TlsServerCertificate),
            ServerKey = TlsServerKey is null ? null : FullPath(TlsServerKey),
            ClientAuthorities = TlsCA?.Select(source => PemArgument.Locate(source, FullPath)).ToList() ?? [],
            LetsInAll = Flag(nameof(NoTlsVerify), NoTlsVerify),
        };
    }
}
