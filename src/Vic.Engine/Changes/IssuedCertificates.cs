using System.Text;
using Vic.Engine.Certificates;
using Vic.Engine.Documents;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>Certificates that are made for a VCH that exists; whatever is not asked for is as in the one that it has.</summary>
internal sealed class IssuedCertificates
{
    private const string FolderOption = "CertificatePath";

    private readonly PresentVch _vch;
    private readonly TlsChangeRequest _request;
    private readonly TlsMode _mode;
    private readonly DateTimeOffset _now;
    private readonly CheckList _checks;
    private readonly CertificateFolder _folder;
    private readonly KeyRecipe _keys;
    private readonly IReadOnlyList<string> _organizations;

    public IssuedCertificates(PresentVch vch, TlsChangeRequest request, TlsMode mode, DateTimeOffset now, CheckList checks)
    {
        _vch = vch;
        _request = request;
        _mode = mode;
        _now = now;
        _checks = checks;
        _folder = new CertificateFolder(request.CertificatePath);
        var server = Encoding.UTF8.GetString(vch.Info.Configuration.Certificates.HostCertificate!.Certificate);
        var present = DescribedTls.Describe(vch.Info.TlsMode, server, vch.Info.ClientAuthorities, vch.Name, implied: []);
        _keys = request.KeyAlgorithm is { } algorithm && algorithm != present.Keys.Algorithm
            ? KeyRecipe.Of(algorithm, request.KeySize)
            : present.Keys with { Size = request.KeySize ?? present.Keys.Size };
        var organizations = request.Organizations.Count > 0 ? request.Organizations : present.Organizations;
        _organizations = organizations.Count > 0 ? organizations : [vch.Name];
    }

    /// <summary>Plans a server certificate by the authority in the folder; where all clients are let in, one that signs itself.</summary>
    /// <returns>The certificate; null when a check failed.</returns>
    public PlannedCertificates? PlanRenewal()
    {
        if (Names() is not { } names)
        {
            return null;
        }

        KeyedCertificate? authority = null;
        if (_mode == TlsMode.Mutual)
        {
            authority = ReadAuthority();
            if (authority is null)
            {
                return null;
            }
        }

        return new PlannedCertificates(
            () =>
            {
                var server = Issuer().IssueServer(names, authority);
                return new CertificateSet { Server = server.CertificatePem, ServerKey = server.PrivateKeyPem };
            },
            $"{string.Join(", ", names)}: a new one for a year");
    }

    /// <summary>Plans a new authority with a server and a client certificate.</summary>
    /// <returns>The certificates; null when a check failed.</returns>
    public PlannedCertificates? PlanAuthority()
    {
        if (Names() is not { } names)
        {
            return null;
        }

        if (_mode != TlsMode.Mutual)
        {
            _checks.Fail(
                "NewAuthority", $"'{_vch.Name}' lets in clients without certificates: an authority has nothing to do. Let it ask for them, too: -NoTlsVerify:$false.");
        }
        else if (_folder.HoldsCertificates)
        {
            _checks.Fail(FolderOption, $"'{_folder.Path}' holds certificates already, and nothing is overwritten. Pass another folder for the new ones.");
        }
        else if (_folder.WhyNotWritable() is { } reason)
        {
            _checks.Fail(FolderOption, $"'{_folder.Path}' cannot take certificates: {reason}. Pass another folder.");
        }
        else
        {
            return new PlannedCertificates(
                () => CertificateSet.Create(Issuer(), TlsMode.Mutual, names), $"{string.Join(", ", names)}: of a new authority, in '{_folder.Path}'");
        }

        return null;
    }

    private CertificateIssuer Issuer() => new(_keys, _organizations, _now);

    private List<SubjectName>? Names()
    {
        OrganizationRules.Check(_request.Organizations, _checks);
        if (_keys.Problem is { } problem)
        {
            _checks.Fail("CertificateKeySize", problem);
            return null;
        }

        var texts = _request.Names.Count > 0
            ? _request.Names
            : _vch.Info.Certificates().FirstOrDefault(fact => fact.Kind == CertificateKind.Server)?.Names ?? [];

        if (SubjectNameRules.Read(texts, _checks) is not { } asked)
        {
            return null;
        }

        // How clients reach the VCH does not change, so its certificate must go on saying that.
        var names = asked.Concat(_vch.AdvertisedNames).Distinct().ToList();
        if (names.Count > 0)
        {
            return names;
        }

        _checks.Fail("TlsCommonName", "The certificate that the VCH has names nothing; pass the names that clients dial.");
        return null;
    }

    private KeyedCertificate? ReadAuthority()
    {
        var set = _folder.Read();
        if (set?.Authority is null || set.AuthorityKey is null)
        {
            _checks.Fail(
                FolderOption,
                $"'{_folder.Path}' does not hold the authority of '{_vch.Name}' with its key (ca.pem, ca-key.pem), by which the new certificate would be signed. "
                + "Pass the folder that New-VCH wrote, or make a new authority: -NewAuthority.");
            return null;
        }

        var known = CertificateFacts.Read(CertificateKind.ClientAuthority, set.Authority).Select(fact => fact.Thumbprint);
        if (!_vch.Info.Certificates().Any(fact => fact.Kind == CertificateKind.ClientAuthority && known.Contains(fact.Thumbprint)))
        {
            _checks.Fail(
                FolderOption, $"The authority in '{_folder.Path}' is not that of '{_vch.Name}': its clients would not trust what it signs.");
            return null;
        }

        return KeyedCertificate.FromPem(set.Authority, set.AuthorityKey);
    }
}
