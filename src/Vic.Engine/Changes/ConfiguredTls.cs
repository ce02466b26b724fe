using Vic.Engine.Certificates;
using Vic.Engine.Documents;
using Vic.Engine.Requests;

namespace Vic.Engine.Changes;

/// <summary>What a configuration asks to be changed about the certificates of a VCH. Names, keys and authorities that it does not name stay.</summary>
internal sealed class ConfiguredTls(VchConfiguration document, PresentVch vch)
{
    /// <param name="present">The certificates as they are.</param>
    /// <param name="wanted">The certificates as the configuration has them.</param>
    /// <param name="folder">The folder of the VCH's certificates.</param>
    /// <returns>The change; null for none.</returns>
    public TlsChangeRequest? Compare(TlsRequest present, TlsRequest wanted, string folder)
    {
        var names = NewNames(present, wanted);
        var organizations = Has("Organization") && !Named(wanted.Organizations).SequenceEqual(Named(present.Organizations)) ? wanted.Organizations : [];
        var keys = (Has("CertificateKeyAlgorithm") || Has("CertificateKeySize")) && wanted.Keys != present.Keys ? wanted.Keys : null;
        var isNew = names.Count > 0 || organizations.Count > 0 || keys is not null;
        var authorities = Has("TlsCA") && !wanted.ClientAuthorities.SelectMany(DescribedTls.SplitPem).SequenceEqual(DescribedTls.SplitPem(vch.Info.ClientAuthorities))
            ? wanted.ClientAuthorities
            : [];
        var letsInAll = LetsInAll(present.Mode, wanted.Mode);
        return !isNew && authorities.Count == 0 && letsInAll is null ? null : new TlsChangeRequest
        {
            Kind = isNew ? TlsChangeKind.Renew : TlsChangeKind.Keep,
            CertificatePath = folder,
            Names = names,
            Organizations = organizations,
            KeyAlgorithm = keys?.Algorithm,
            KeySize = keys?.Size,
            ClientAuthorities = authorities,
            LetsInAll = letsInAll,
        };
    }

    // Whether there is TLS at all is for life, and looked at elsewhere.
    private static bool? LetsInAll(TlsMode present, TlsMode wanted) =>
        wanted == present || wanted == TlsMode.None || (present, wanted) is (TlsMode.None, TlsMode.Mutual) ? null : wanted == TlsMode.ServerOnly;

    // The first name makes way for the new one; the others are of addresses.
    private List<string> NewNames(TlsRequest present, TlsRequest wanted)
    {
        var certified = vch.Info.Certificates().FirstOrDefault(fact => fact.Kind == CertificateKind.Server)?.Names ?? [];
        return Has("TlsCommonName") && wanted.CommonName is { } name && !certified.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? [name, .. certified.Where(other => other != present.CommonName)]
            : [];
    }

    private IReadOnlyList<string> Named(IReadOnlyList<string> organizations) => organizations.Count > 0 ? organizations : [vch.Name];

    private bool Has(string option) => document.Options.Any(named => named.Name == option);
}
