using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Validation;

namespace Vic.Engine.Changes;

/// <summary>Gives a VCH other certificates, or changes whose clients it lets in.</summary>
internal sealed class CertificateChange
{
    private const string CertificateOption = "Certificate";
    private const string AuthorityOption = "TlsCA";
    private const string ModeOption = "NoTlsVerify";

    private readonly PresentVch _vch;
    private readonly TlsChangeRequest _request;
    private readonly CheckList _checks;
    private readonly CertificateFolder _folder;
    private readonly TlsMode _mode;
    private Func<CertificateSet>? _make;
    private CertificateSet? _made;
    private string? _authorities;

    public CertificateChange(PresentVch vch, TlsChangeRequest request, CheckList checks)
    {
        _vch = vch;
        _request = request;
        _checks = checks;
        _folder = new CertificateFolder(request.CertificatePath);
        _mode = request.LetsInAll is { } all ? (all ? TlsMode.ServerOnly : TlsMode.Mutual)
            : request.ClientAuthorities.Count > 0 ? TlsMode.Mutual
            : vch.Info.TlsMode;
    }

    /// <summary>Notes what differs.</summary>
    /// <returns>Whether anything does.</returns>
    public bool Plan(SettingList settings)
    {
        if (_vch.Info.TlsMode == TlsMode.None)
        {
            _checks.Fail("TlsCommonName", $"'{_vch.Name}' serves without TLS, and that cannot be changed: deploy another VCH.");
            return false;
        }

        if (_request.Kind != TlsChangeKind.UseFiles && !CheckAuthorities())
        {
            return false;
        }

        var count = settings.Changes.Count;
        settings.Compare(ModeOption, Text(_vch.Info.TlsMode), Text(_mode));
        PlanCertificates(settings);
        return settings.Changes.Count > count;
    }

    /// <summary>Makes the certificates, and puts them into a configuration.</summary>
    /// <returns>What clients of the changed endpoint expect.</returns>
    public EndpointTls Apply(CertificateConfiguration configuration)
    {
        _made = _make?.Invoke();
        if (_made is not null)
        {
            configuration.HostCertificate = new RawCertificate { Certificate = Encoding.UTF8.GetBytes(_made.Server), Key = Encoding.UTF8.GetBytes(_made.ServerKey) };
        }

        if ((_mode == TlsMode.ServerOnly ? "" : _made?.Authority ?? _authorities) is { } authorities)
        {
            configuration.CertificateAuthorities = Encoding.UTF8.GetBytes(authorities);
        }

        return EndpointTls.Of(_mode, configuration) with { ClientPfx = _made?.ClientPfx() };
    }

    /// <summary>Writes what was made: a new authority's set before anything is changed, so that no client is locked out for ever.</summary>
    public void WriteBefore(CompensationStack undo)
    {
        if (_request.Kind == TlsChangeKind.NewAuthority)
        {
            undo.Push($"the certificates in '{_folder.Path}'", _ =>
            {
                _folder.Undo();
                return Task.CompletedTask;
            });
            _folder.Write(_made!);
        }
    }

    /// <summary>Keeps the folder's copy of a renewed certificate what the VCH has.</summary>
    public void WriteAfter()
    {
        if (_request.Kind == TlsChangeKind.Renew && _folder.HoldsCertificates)
        {
            _folder.ReplaceServer(_made!);
        }
    }

    private bool CheckAuthorities()
    {
        if (_request.ClientAuthorities.Count > 0 && _mode != TlsMode.Mutual)
        {
            _checks.Fail(AuthorityOption, $"-{ModeOption} lets in every client, so -{AuthorityOption} has no meaning; leave one of them out.");
        }
        else if (_request.ClientAuthorities.Count > 0 && _request.Kind != TlsChangeKind.Keep)
        {
            _checks.Fail(AuthorityOption, $"New certificates come with their own authority: pass -{AuthorityOption} alone, or with -TlsServerCertificate and -TlsServerKey.");
        }
        else if (_mode == TlsMode.Mutual && _vch.Info.TlsMode != TlsMode.Mutual && _request.ClientAuthorities.Count == 0
            && _request.Kind is TlsChangeKind.Keep or TlsChangeKind.Renew)
        {
            _checks.Fail(
                ModeOption,
                $"'{_vch.Name}' has no authority yet whose clients it could let in: make one with -NewAuthority, or pass -{AuthorityOption}, or a folder that has one with -CertificatePath.");
        }
        else
        {
            return true;
        }

        return false;
    }

    private void PlanCertificates(SettingList settings)
    {
        var now = DateTimeOffset.UtcNow;
        switch (_request.Kind)
        {
            case TlsChangeKind.Renew:
                Take(new IssuedCertificates(_vch, _request, _mode, now, _checks).PlanRenewal(), settings);
                break;
            case TlsChangeKind.NewAuthority:
                Take(new IssuedCertificates(_vch, _request, _mode, now, _checks).PlanAuthority(), settings);
                break;
            case TlsChangeKind.UseFolder:
                Take(new BroughtCertificates(_vch, _request, _mode, now, _checks).ReadFolder(), settings);
                break;
            case TlsChangeKind.UseFiles:
                Take(new BroughtCertificates(_vch, _request, _mode, now, _checks).ReadFiles(), settings);
                break;
            default:
                _authorities = PemSource.ReadCertificates(AuthorityOption, _request.ClientAuthorities, _checks) is { Length: > 0 } pem
                    && AuthoritiesDiffer(CertificateFacts.Read(CertificateKind.ClientAuthority, pem), settings) ? pem : null;
                break;
        }
    }

    private void Take(PlannedCertificates? planned, SettingList settings)
    {
        if (planned is not null)
        {
            settings.Add(CertificateOption, Describe(_vch.Info.Certificates()), planned.Description);
            _make = planned.Make;
        }
    }

    private void Take(CertificateSet? set, SettingList settings)
    {
        if (set is null)
        {
            return;
        }

        var present = _vch.Info.Certificates();
        var wanted = set.Facts();
        var isNew = !Same(present, wanted, CertificateKind.Server);
        if (isNew)
        {
            settings.Add(CertificateOption, Describe(present), Describe(wanted));
        }

        if ((_mode == TlsMode.Mutual && AuthoritiesDiffer(wanted, settings)) | isNew)
        {
            _make = () => set;
        }
    }

    private bool AuthoritiesDiffer(IReadOnlyList<CertificateFacts> wanted, SettingList settings)
    {
        var present = _vch.Info.Certificates();
        if (Same(present, wanted, CertificateKind.ClientAuthority))
        {
            return false;
        }

        settings.Add(AuthorityOption, Authorities(present), Authorities(wanted));
        return true;
    }

    private static bool Same(IReadOnlyList<CertificateFacts> left, IReadOnlyList<CertificateFacts> right, CertificateKind kind) =>
        left.Where(fact => fact.Kind == kind).Select(fact => fact.Thumbprint).SequenceEqual(right.Where(fact => fact.Kind == kind).Select(fact => fact.Thumbprint));

    private static string Describe(IReadOnlyList<CertificateFacts> facts) =>
        facts.FirstOrDefault(fact => fact.Kind == CertificateKind.Server) is { } server
            ? FormattableString.Invariant($"{string.Join(", ", server.Names)}: until {server.NotAfter:yyyy-MM-dd}")
            : "";

    // An authority is often followed by another one of the same name.
    private static string Authorities(IReadOnlyList<CertificateFacts> facts) => string.Join(
        "; ",
        facts.Where(fact => fact.Kind == CertificateKind.ClientAuthority)
            .Select(fact => FormattableString.Invariant($"{fact.Subject} until {fact.NotAfter:yyyy-MM-dd}")));

    private static string Text(TlsMode mode) => mode == TlsMode.ServerOnly ? "true" : "false";
}
