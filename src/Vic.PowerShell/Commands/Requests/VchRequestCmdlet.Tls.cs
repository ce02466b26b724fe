using System.Management.Automation;
using Vic.Engine.Certificates;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchRequestCmdlet
{
    /// <summary>The name in the server certificate: what clients dial.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public string? TlsCommonName { get; set; }

    /// <summary>The folder for certificates, keys and the environment file; <c>./name</c> without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>The algorithm of new keys.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public KeyAlgorithm CertificateKeyAlgorithm { get; set; } = KeyAlgorithm.Rsa;

    /// <summary>The size of new keys in bits; 2048 for RSA and 256 for ECDSA without it.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public int? CertificateKeySize { get; set; }

    /// <summary>Lets in clients without a certificate.</summary>
    [Parameter(ParameterSetName = WithoutClientCertificates, Mandatory = true)]
    public SwitchParameter NoTlsVerify { get; set; }

    /// <summary>Serves the Docker API in the clear.</summary>
    [Parameter(ParameterSetName = WithoutTls, Mandatory = true)]
    public SwitchParameter NoTls { get; set; }
}
