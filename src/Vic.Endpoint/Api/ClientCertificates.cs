using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Endpoint.Api.Revocation;

namespace Vic.Endpoint.Api;

/// <summary>Decides which client certificates are let in: those that a given authority issued for client authentication and has not revoked.</summary>
internal sealed class ClientCertificates(IReadOnlyList<X509Certificate2> authorities, RevokedClients? revoked)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Whether a certificate is valid now, chains to an authority and is not revoked.</summary>
    public bool IsTrusted(X509Certificate2 certificate, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.ToArray());
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(element => element.Certificate).ToArray());
        }

        return chain.Build(certificate) && revoked?.Contains(certificate) != true;
    }
}
