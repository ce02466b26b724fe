using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;

namespace Vic.Engine.Deployment;

/// <summary>What a Docker client of an endpoint expects and shows.</summary>
/// <param name="Mode">How the Docker API is protected.</param>
/// <param name="ServerCertificate">The certificate that the endpoint shows, in PEM; null without TLS.</param>
/// <param name="ClientPfx">The client's certificate and key as PKCS #12 without a password, a secret; null when there is none here.</param>
internal sealed record EndpointTls(TlsMode Mode, string? ServerCertificate, byte[]? ClientPfx)
{
    /// <summary>Of certificates that are at hand.</summary>
    public static EndpointTls Of(TlsMode mode, CertificateSet? certificates) =>
        new(mode, certificates?.Server, mode == TlsMode.Mutual ? certificates?.ClientPfx() : null);

    /// <summary>Of a VCH that exists, without a client's certificate: those are with its users.</summary>
    public static EndpointTls Of(VchInfo vch) => Of(vch.TlsMode, vch.Configuration.Certificates);

    /// <summary>Of certificates as a configuration has them, without a client's.</summary>
    public static EndpointTls Of(TlsMode mode, CertificateConfiguration certificates) =>
        new(mode, certificates.HostCertificate is { } own ? Encoding.UTF8.GetString(own.Certificate) : null, ClientPfx: null);

    /// <inheritdoc/>
    public override string ToString() => Mode.ToString();
}
