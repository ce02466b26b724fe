using Vic.Engine.Certificates;
using Vic.Engine.Documents;
using Vic.Engine.Requests;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>Certificates for a VCH that exists, made before: those of a folder, or the user's own.</summary>
internal sealed class BroughtCertificates(PresentVch vch, TlsChangeRequest request, TlsMode mode, DateTimeOffset now, CheckList checks)
{
    /// <returns>Those of the folder; null, and a problem, when they cannot be used.</returns>
    public CertificateSet? ReadFolder()
    {
        var folder = new CertificateFolder(request.CertificatePath);
        var set = folder.Read();
        var obstacle = set is null ? "it holds no server certificate and key"
            : mode == TlsMode.Mutual && set.Authority is null ? "it holds no authority of clients (ca.pem)"
            : set.WhyNotUsableFor(TlsMode.ServerOnly, vch.AdvertisedNames, now);
        if (obstacle is null)
        {
            return set;
        }

        checks.Fail("CertificatePath", $"The certificates in '{folder.Path}' cannot be used: {obstacle}.");
        return null;
    }

    /// <returns>The user's own, with the authorities that the VCH has where none are given; null, and a problem, when they cannot be used.</returns>
    public CertificateSet? ReadFiles()
    {
        var stays = request.ClientAuthorities.Count == 0 && mode == TlsMode.Mutual;
        return SubjectNameRules.Read(request.Names, checks) is not { } names ? null : OwnCertificates.Check(
            new TlsRequest
            {
                Mode = mode,
                CertificatePath = request.CertificatePath,
                CommonName = names.Select(name => name.Text).FirstOrDefault(),
                ServerCertificate = request.ServerCertificate,
                ServerKey = request.ServerKey,
                ClientAuthorities = stays ? DescribedTls.SplitPem(vch.Info.ClientAuthorities) : request.ClientAuthorities,
            },
            [.. names, .. vch.AdvertisedNames],
            now,
            checks);
    }
}
