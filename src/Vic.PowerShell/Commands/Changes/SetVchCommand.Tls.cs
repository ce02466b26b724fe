using System.Management.Automation;
using Vic.Engine.Certificates;
using Vic.Engine.Changes;
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
    /// that the folder holds.
    /// </summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>The algorithm of new keys.</summary>
    [Parameter(ParameterSetName = Settings)]
    public KeyAlgorithm CertificateKeyAlgorithm { get; set; } = KeyAlgorithm.Rsa;

    /// <summary>The size of new keys in bits; 2048 for RSA and 256 for ECDSA without it.</summary>
    [Parameter(ParameterSetName = Settings)]
    public int? CertificateKeySize { get; set; }

    private protected override string? PassedCertificatePath => CertificatePath;

    private TlsChangeRequest? ReadTls(VchTarget target)
    {
        TlsChangeKind? kind = NewAuthority ? TlsChangeKind.NewAuthority
            : RenewCertificate || TlsCommonName is not null ? TlsChangeKind.Renew
            : CertificatePath is not null ? TlsChangeKind.UseFolder
            : null;
        return kind is null ? null : new TlsChangeRequest
        {
            Kind = kind.Value,
            Names = TlsCommonName ?? [],
            CertificatePath = CertificateFolderOf(target, CertificatePath),
            Keys = KeyRecipe.Of(CertificateKeyAlgorithm, CertificateKeySize),
        };
    }
}
