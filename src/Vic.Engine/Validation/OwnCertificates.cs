using Vic.Engine.Certificates;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads a server certificate that the user brings, and the authorities whose clients it is to let in.</summary>
internal static class OwnCertificates
{
    private const string CertificateOption = "TlsServerCertificate";
    private const string KeyOption = "TlsServerKey";
    private const string AuthorityOption = "TlsCA";

    /// <summary>Whether the user brings any certificate.</summary>
    public static bool AreGiven(TlsRequest request) =>
        request.ServerCertificate is not null || request.ServerKey is not null || request.ClientAuthorities.Count > 0;

    /// <returns>The certificates; null, and a problem, when they cannot be used.</returns>
    public static CertificateSet? Check(TlsRequest request, IReadOnlyList<SubjectName> names, DateTimeOffset now, CheckList checks)
    {
        var server = ReadPart(CertificateOption, request.ServerCertificate, KeyOption, request.ServerKey, pem => CertificatePemReader.ReadCertificate(pem), checks);
        var key = ReadPart(KeyOption, request.ServerKey, CertificateOption, request.ServerCertificate, pem => CertificatePemReader.ReadPrivateKey(pem), checks);
        var authorities = PemSource.ReadCertificates(AuthorityOption, request.ClientAuthorities, checks);
        CheckAuthorities(request, checks);
        if (server is null || key is null)
        {
            return null;
        }

        var set = new CertificateSet { Authority = authorities.Length > 0 ? authorities : null, Server = server, ServerKey = key };
        if (set.WhyServerNotUsable(now) is { } obstacle)
        {
            checks.Fail(CertificateOption, $"'{request.ServerCertificate}' cannot be used: {obstacle}.");
            return null;
        }

        CheckNames(request, set, names, checks);
        if (authorities.Length > 0 && !set.IsServerIssuedByAuthority)
        {
            checks.Warn(
                $"None of the authorities of -{AuthorityOption} has issued '{request.ServerCertificate}'.",
                "Docker clients need the server's own authority in their ca.pem.");
        }

        return set;
    }

    private static string? ReadPart(string option, string? file, string otherOption, string? otherFile, Action<string> parse, CheckList checks)
    {
        if (file is null)
        {
            if (otherFile is not null)
            {
                checks.Fail(option, $"A server's certificate and its key go together: pass -{option} beside -{otherOption}.");
            }

            return null;
        }

        return PemSource.Read(option, file, parse, checks);
    }

    private static void CheckAuthorities(TlsRequest request, CheckList checks)
    {
        switch (request)
        {
            case { ClientAuthorities.Count: > 0, ServerCertificate: null, ServerKey: null }:
                checks.Fail(
                    AuthorityOption, $"Authorities of clients go with a server certificate of your own: pass -{CertificateOption} and -{KeyOption}, or none of the three.");
                break;
            case { ClientAuthorities.Count: 0, Mode: TlsMode.Mutual }:
                checks.Fail(
                    AuthorityOption, $"With a server certificate of your own, pass the authorities whose clients are let in with -{AuthorityOption}, or let in all: -NoTlsVerify.");
                break;
            case { ClientAuthorities.Count: > 0, Mode: not TlsMode.Mutual }:
                checks.Fail(AuthorityOption, $"-NoTlsVerify lets in every client, so -{AuthorityOption} has no meaning; leave one of them out.");
                break;
        }
    }

    private static void CheckNames(TlsRequest request, CertificateSet set, IReadOnlyList<SubjectName> names, CheckList checks)
    {
        var common = request.CommonName is null ? null : SubjectName.TryParse(request.CommonName);
        foreach (var name in names.Where(name => !set.ServerCovers(name)))
        {
            if (name == common)
            {
                checks.Fail("TlsCommonName", $"'{request.ServerCertificate}' is not valid for '{name}'.");
            }
            else
            {
                checks.Warn($"'{request.ServerCertificate}' is not valid for '{name}', so Docker clients that dial it refuse it.", "Dial another name, or bring a certificate for it.");
            }
        }
    }
}
