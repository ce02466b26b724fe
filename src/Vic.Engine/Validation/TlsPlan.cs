using Vic.Engine.Certificates;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>How the Docker API will be protected, checked.</summary>
/// <param name="Mode">With client certificates, without them, or in the clear.</param>
/// <param name="Names">What the server certificate is valid for.</param>
/// <param name="Folder">Where the certificates are, or will be.</param>
/// <param name="Existing">Certificates of the folder to use again; null when new ones are made.</param>
/// <param name="Keys">How new key pairs are made.</param>
/// <param name="Organizations">The organizations in new certificates.</param>
internal sealed record TlsPlan(
    TlsMode Mode,
    IReadOnlyList<SubjectName> Names,
    CertificateFolder Folder,
    CertificateSet? Existing,
    KeyRecipe Keys,
    IReadOnlyList<string> Organizations)
{
    public static TlsPlan Check(
        VchRequest request, HostPort? advertised, IEnumerable<EndpointAddress?> addresses, DateTimeOffset now, CheckList checks)
    {
        var tls = request.Tls;
        var folder = new CertificateFolder(tls.CertificatePath);
        var names = ReadNames(tls, advertised, addresses, checks);
        if (folder.WhyNotWritable() is { } reason)
        {
            checks.Fail("CertificatePath", $"'{folder.Path}' cannot take certificates and the environment file: {reason}. Pass another folder.");
        }

        var organizations = tls.Organizations.Count > 0 ? tls.Organizations : [request.Name];
        if (tls.Mode == TlsMode.None)
        {
            if (OwnCertificates.AreGiven(tls))
            {
                checks.Fail("NoTls", "Without TLS there is no use for certificates; leave out -NoTls, or the certificates.");
            }

            return new TlsPlan(tls.Mode, names, folder, null, tls.Keys, organizations);
        }

        if (OwnCertificates.AreGiven(tls))
        {
            return new TlsPlan(tls.Mode, names, folder, OwnCertificates.Check(tls, names, now, checks), tls.Keys, organizations);
        }

        OrganizationRules.Check(tls.Organizations, checks);
        if (tls.Keys.Problem is { } keyProblem)
        {
            checks.Fail("CertificateKeySize", keyProblem);
        }

        if (names.Count == 0 && tls.Mode == TlsMode.Mutual)
        {
            checks.Fail(
                "TlsCommonName",
                "The certificate needs a name that clients dial. Pass -TlsCommonName with a DNS name, or -AdvertisedAddress, "
                + "or a static -ClientNetworkAddress; or do without client certificates: -NoTlsVerify.");
        }

        var existing = Reuse(tls, folder, names, now, checks);

        // Nobody checks the name of a certificate that signs itself, but it must have one.
        var subject = names.Count > 0 ? names : [SubjectName.TryParse(request.Name) ?? SubjectName.TryParse("vch")!.Value];
        return new TlsPlan(tls.Mode, subject, folder, existing, tls.Keys, organizations);
    }

    /// <summary>What will be done, in one sentence.</summary>
    public string Describe() => Mode == TlsMode.None
        ? "The Docker API is served in the clear."
        : Existing is { Client: null } && Mode == TlsMode.Mutual
        ? "Those that were given; clients use their own."
        : $"{(Existing is null ? "New ones" : "Those that are there already")} in '{Folder.Path}', valid for {string.Join(", ", Names)}.";

    private static CertificateSet? Reuse(
        TlsRequest tls, CertificateFolder folder, List<SubjectName> names, DateTimeOffset now, CheckList checks)
    {
        if (!folder.HoldsCertificates)
        {
            return null;
        }

        var existing = folder.Read();
        var obstacle = existing is null ? "they are not complete" : existing.WhyNotUsableFor(tls.Mode, names, now);
        if (obstacle is not null)
        {
            checks.Fail(
                "CertificatePath",
                $"'{folder.Path}' holds certificates that this VCH cannot use: {obstacle}. They are not overwritten; pass another folder or remove them.");
        }

        return existing;
    }

    private static List<SubjectName> ReadNames(
        TlsRequest tls, HostPort? advertised, IEnumerable<EndpointAddress?> addresses, CheckList checks)
    {
        var names = new List<SubjectName>();
        if (tls.CommonName is not null)
        {
            if (SubjectName.TryParse(tls.CommonName) is { } name)
            {
                names.Add(name);
            }
            else
            {
                checks.Fail("TlsCommonName", $"'{tls.CommonName}' is neither a DNS name nor an IP address.");
            }
        }

        foreach (var text in addresses.Select(address => address?.Address.Address.ToString()).Prepend(advertised?.Host))
        {
            if (text is not null && SubjectName.TryParse(text) is { } name)
            {
                names.Add(name);
            }
        }

        return names.Distinct().ToList();
    }
}
