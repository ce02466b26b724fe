using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>Plans which certificates a VCH gets.</summary>
internal sealed class CertificateChange(PresentVch vch, TlsChangeRequest request, DateTimeOffset now, CheckList checks)
{
    private const string FolderOption = "CertificatePath";

    private readonly CertificateFolder _folder = new(request.CertificatePath);

    /// <summary>Notes what differs.</summary>
    /// <returns>Makes the certificates; null when there is nothing to make, or a check failed.</returns>
    public Func<CertificateSet>? Plan(SettingList settings)
    {
        if (vch.Info.TlsMode == TlsMode.None)
        {
            checks.Fail("TlsCommonName", $"'{vch.Name}' serves without TLS, and that cannot be changed: deploy another VCH.");
            return null;
        }

        if (request.Keys.Problem is { } problem)
        {
            checks.Fail("CertificateKeySize", problem);
            return null;
        }

        return request.Kind == TlsChangeKind.UseFolder ? PlanFolder(settings)
            : Names() is not { } names ? null
            : request.Kind == TlsChangeKind.NewAuthority ? PlanAuthority(names, settings)
            : PlanRenewal(names, settings);
    }

    /// <summary>Writes what was made: a new authority's set before anything is changed, so that no client is locked out for ever.</summary>
    public void WriteBefore(CertificateSet certificates, CompensationStack undo)
    {
        if (request.Kind == TlsChangeKind.NewAuthority)
        {
            undo.Push($"the certificates in '{_folder.Path}'", _ =>
            {
                _folder.Undo();
                return Task.CompletedTask;
            });
            _folder.Write(certificates);
        }
    }

    /// <summary>Keeps the folder's copy of a renewed certificate what the VCH has.</summary>
    public void WriteAfter(CertificateSet certificates)
    {
        if (request.Kind == TlsChangeKind.Renew && _folder.HoldsCertificates)
        {
            _folder.ReplaceServer(certificates);
        }
    }

    /// <summary>Puts certificates into a configuration.</summary>
    public static void Apply(CertificateSet certificates, CertificateConfiguration configuration)
    {
        configuration.HostCertificate = new RawCertificate
        {
            Certificate = Encoding.UTF8.GetBytes(certificates.Server),
            Key = Encoding.UTF8.GetBytes(certificates.ServerKey),
        };
        if (certificates.Authority is { } authority)
        {
            configuration.CertificateAuthorities = Encoding.UTF8.GetBytes(authority);
        }
    }

    private Func<CertificateSet>? PlanRenewal(IReadOnlyList<SubjectName> names, SettingList settings)
    {
        KeyedCertificate? authority = null;
        if (vch.Info.TlsMode == TlsMode.Mutual)
        {
            authority = ReadAuthority();
            if (authority is null)
            {
                return null;
            }
        }

        Add(settings, names, "a new one for a year");
        return () =>
        {
            var server = new CertificateIssuer(request.Keys, [vch.Name], now).IssueServer(names, authority);
            return new CertificateSet { Server = server.CertificatePem, ServerKey = server.PrivateKeyPem };
        };
    }

    private Func<CertificateSet>? PlanAuthority(IReadOnlyList<SubjectName> names, SettingList settings)
    {
        if (vch.Info.TlsMode != TlsMode.Mutual)
        {
            checks.Fail("NewAuthority", $"'{vch.Name}' lets in clients without certificates: an authority has nothing to do.");
        }
        else if (_folder.HoldsCertificates)
        {
            checks.Fail(FolderOption, $"'{_folder.Path}' holds certificates already, and nothing is overwritten. Pass another folder for the new ones.");
        }
        else if (_folder.WhyNotWritable() is { } reason)
        {
            checks.Fail(FolderOption, $"'{_folder.Path}' cannot take certificates: {reason}. Pass another folder.");
        }
        else
        {
            Add(settings, names, $"of a new authority, in '{_folder.Path}'");
            return () => CertificateSet.Create(new CertificateIssuer(request.Keys, [vch.Name], now), TlsMode.Mutual, names);
        }

        return null;
    }

    private Func<CertificateSet>? PlanFolder(SettingList settings)
    {
        var set = _folder.Read();
        string? obstacle;
        if (set is null)
        {
            obstacle = "it holds no server certificate and key";
        }
        else if (vch.Info.TlsMode == TlsMode.Mutual && set.Authority is null)
        {
            obstacle = "it holds no authority of clients (ca.pem)";
        }
        else
        {
            obstacle = set.WhyNotUsableFor(TlsMode.ServerOnly, Advertised(), now);
        }

        if (obstacle is not null)
        {
            checks.Fail(FolderOption, $"The certificates in '{_folder.Path}' cannot be used: {obstacle}.");
            return null;
        }

        var present = vch.Info.Certificates();
        var wanted = set!.Facts();
        var isNew = !Same(present, wanted, CertificateKind.Server)
            | (vch.Info.TlsMode == TlsMode.Mutual && !Same(present, wanted, CertificateKind.ClientAuthority));
        if (!isNew)
        {
            return null;
        }

        settings.Add("Certificate", Describe(present), Describe(wanted));
        return () => set;
    }

    private static bool Same(IReadOnlyList<CertificateFacts> left, IReadOnlyList<CertificateFacts> right, CertificateKind kind) =>
        left.Where(fact => fact.Kind == kind).Select(fact => fact.Thumbprint).SequenceEqual(right.Where(fact => fact.Kind == kind).Select(fact => fact.Thumbprint));

    private IReadOnlyList<SubjectName> Advertised() =>
        vch.Advertised is { } address && SubjectName.TryParse(address.Host) is { } name ? [name] : [];

    private List<SubjectName>? Names()
    {
        var texts = request.Names.Count > 0
            ? request.Names
            : vch.Info.Certificates().FirstOrDefault(fact => fact.Kind == CertificateKind.Server)?.Names ?? [];
        var names = new List<SubjectName>();
        foreach (var text in texts)
        {
            if (SubjectName.TryParse(text) is not { } name)
            {
                checks.Fail("TlsCommonName", $"'{text}' is neither a DNS name nor an IP address.");
                return null;
            }

            names.Add(name);
        }

        // How clients reach the VCH does not change, so its certificate must go on saying that.
        names.AddRange(Advertised());
        if (names.Count == 0)
        {
            checks.Fail("TlsCommonName", "The certificate that the VCH has names nothing; pass the names that clients dial.");
            return null;
        }

        return names.Distinct().ToList();
    }

    private KeyedCertificate? ReadAuthority()
    {
        var set = _folder.Read();
        if (set?.Authority is null || set.AuthorityKey is null)
        {
            checks.Fail(
                FolderOption,
                $"'{_folder.Path}' does not hold the authority of '{vch.Name}' with its key (ca.pem, ca-key.pem), by which the new certificate would be signed. "
                + "Pass the folder that New-VCH wrote, or make a new authority: -NewAuthority.");
            return null;
        }

        var known = CertificateFacts.Read(CertificateKind.ClientAuthority, set.Authority).Select(fact => fact.Thumbprint);
        if (!vch.Info.Certificates().Any(fact => fact.Kind == CertificateKind.ClientAuthority && known.Contains(fact.Thumbprint)))
        {
            checks.Fail(FolderOption, $"The authority in '{_folder.Path}' is not that of '{vch.Name}': its clients would not trust what it signs.");
            return null;
        }

        return KeyedCertificate.FromPem(set.Authority, set.AuthorityKey);
    }

    private void Add(SettingList settings, IReadOnlyList<SubjectName> names, string origin) =>
        settings.Add("Certificate", Describe(vch.Info.Certificates()), $"{string.Join(", ", names)}: {origin}");

    private static string Describe(IReadOnlyList<CertificateFacts> facts) =>
        facts.FirstOrDefault(fact => fact.Kind == CertificateKind.Server) is { } server
            ? FormattableString.Invariant($"{string.Join(", ", server.Names)}: until {server.NotAfter:yyyy-MM-dd}")
            : "";
}
