using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Vim25;

/// <summary>Decides whether a server's certificate is the right one, and remembers why one was refused.</summary>
internal sealed class CertificateTrust
{
    private readonly VimClientOptions _options;
    private readonly string? _pin;

    public CertificateTrust(VimClientOptions options)
    {
        _options = options;
        _pin = options.Thumbprint is null ? null : Normalize(options.Thumbprint);
        if (_pin is not null && _pin.Length is not (40 or 64))
        {
            throw new ArgumentException("A thumbprint has 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.", nameof(options));
        }
    }

    /// <summary>Why the last certificate was refused, or null.</summary>
    public UntrustedCertificateException? Refusal { get; private set; }

    /// <summary>The SHA-256 fingerprint of the last certificate that was trusted, or null.</summary>
    public string? Accepted { get; private set; }

    /// <summary>The authorities that vouched for it, in DER, the nearest first; empty when its fingerprint did.</summary>
    public IReadOnlyList<byte[]> Authorities { get; private set; } = [];

    public bool Accept(X509Certificate2? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return false;
        }

        string sha1 = Fingerprint(certificate, HashAlgorithmName.SHA1);
        string sha256 = Fingerprint(certificate, HashAlgorithmName.SHA256);
        bool isTrusted = _pin is not null
            ? _pin == Normalize(sha1) || _pin == Normalize(sha256)
            : IsVouchedFor(certificate, shown, errors);
        Accepted = isTrusted ? sha256 : Accepted;
        Refusal = isTrusted ? null : new UntrustedCertificateException(
            _options.Server.Host, _options.Server.Port, sha1, sha256, certificate.Subject, _pin is null ? null : WithColons(_pin));
        return isTrusted;
    }

    private bool IsVouchedFor(X509Certificate2 certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
        {
            return errors == SslPolicyErrors.RemoteCertificateChainErrors && IsSignedByGivenAuthority(certificate, shown);
        }

        Authorities = shown is null ? [] : Above(shown);
        return true;
    }

    private bool IsSignedByGivenAuthority(X509Certificate2 certificate, X509Chain? shown)
    {
        if (_options.CertificateAuthorities is not { Count: > 0 } authorities)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        if (shown is not null)
        {
            // What the server has sent between itself and the authority.
            chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        }

        if (!chain.Build(certificate))
        {
            return false;
        }

        byte[] root = chain.ChainElements[chain.ChainElements.Count - 1].Certificate.RawData;
        if (!authorities.Cast<X509Certificate2>().Any(authority => authority.RawData.AsSpan().SequenceEqual(root)))
        {
            return false;
        }

        Authorities = Above(chain);
        return true;
    }

    // One that is in nobody's name but its own vouches for itself.
    private static List<byte[]> Above(X509Chain chain)
    {
        List<byte[]> all = [.. chain.ChainElements.Cast<X509ChainElement>().Select(element => element.Certificate.RawData)];
        return all.Count > 1 ? all.GetRange(1, all.Count - 1) : all;
    }

    private static string Fingerprint(X509Certificate2 certificate, HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(certificate.RawData);
        return string.Join(":", hash.GetHashAndReset().Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
    }

    private static string WithColons(string digits) =>
        string.Join(":", Enumerable.Range(0, digits.Length / 2).Select(index => digits.Substring(2 * index, 2)));

    private static string Normalize(string thumbprint) =>
        new([.. thumbprint.Where(c => c is not (':' or ' ' or '-')).Select(char.ToUpperInvariant)]);
}
