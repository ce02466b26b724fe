using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;

namespace Vic.Engine.Certificates;

/// <summary>The lists of revoked certificates of a VCH's authorities (RFC 5280, section 5), one an authority, as PEM text.</summary>
internal sealed class RevocationLists
{
    private readonly List<X509Crl> _lists;

    private RevocationLists(List<X509Crl> lists) => _lists = lists;

    /// <summary>Reads lists; none is no error.</summary>
    /// <exception cref="FormatException">The text is damaged.</exception>
    public static RevocationLists Read(byte[] pem)
    {
        var lists = new List<X509Crl>();
        try
        {
            using var text = new StringReader(Encoding.UTF8.GetString(pem));
            using var reader = new PemReader(text);
            while (reader.ReadObject() is { } item)
            {
                lists.Add(item as X509Crl ?? throw new FormatException("There is something else among the lists of revoked certificates."));
            }
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            // The parser reports malformed input with half a dozen unrelated exception types.
            throw new FormatException("The lists of revoked certificates are damaged.", exception);
        }

        return new RevocationLists(lists);
    }

    /// <summary>What is revoked, by serial number.</summary>
    public IReadOnlyList<RevokedCertificate> Entries() => _lists
        .SelectMany(list => (list.GetRevokedCertificates() ?? new HashSet<X509CrlEntry>()).Select(entry =>
            new RevokedCertificate(list.IssuerDN.ToString(), SerialNumbers.ToText(entry.SerialNumber), entry.RevocationDate)))
        .OrderBy(entry => entry.SerialNumber, StringComparer.Ordinal).ToList();

    /// <summary>The lists with more entries in that of an authority, which is made anew with a higher number.</summary>
    public RevocationLists With(KeyedCertificate authority, IEnumerable<BigInteger> serialNumbers, DateTime now)
    {
        var present = _lists.Find(list => list.IssuerDN.Equivalent(authority.Certificate.SubjectDN) && IsSignedBy(list, authority));
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(authority.Certificate.SubjectDN);
        generator.SetThisUpdate(now);
        generator.SetNextUpdate(authority.Certificate.NotAfter);
        if (present is not null)
        {
            generator.AddCrl(present);
        }

        foreach (var serialNumber in serialNumbers.Where(number => present?.GetRevokedCertificate(number) is null))
        {
            generator.AddCrlEntry(serialNumber, now, CrlReason.PrivilegeWithdrawn);
        }

        generator.AddExtension(
            X509Extensions.AuthorityKeyIdentifier, critical: false, X509ExtensionUtilities.CreateAuthorityKeyIdentifier(authority.Certificate.GetPublicKey()));
        generator.AddExtension(X509Extensions.CrlNumber, critical: false, new CrlNumber(NumberOf(present).Add(BigInteger.One)));
        var algorithm = authority.PrivateKey is RsaKeyParameters ? "SHA256WITHRSA" : "SHA256WITHECDSA";
        var list = generator.Generate(new Asn1SignatureFactory(algorithm, authority.PrivateKey, new SecureRandom()));
        return new RevocationLists([.. _lists.Where(other => other != present), list]);
    }

    /// <summary>The lists as PEM text.</summary>
    public byte[] ToPem()
    {
        using var text = new StringWriter { NewLine = "\n" };
        using var writer = new PemWriter(text);
        foreach (var list in _lists)
        {
            writer.WriteObject(list);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsSignedBy(X509Crl list, KeyedCertificate authority)
    {
        try
        {
            list.Verify(authority.Certificate.GetPublicKey());
            return true;
        }
        catch (Exception exception) when (exception is GeneralSecurityException or ArgumentException or InvalidCastException)
        {
            // An earlier authority of the same name.
            return false;
        }
    }

    private static BigInteger NumberOf(X509Crl? list) =>
        list?.GetExtensionValue(X509Extensions.CrlNumber) is { } value
            ? DerInteger.GetInstance(X509ExtensionUtilities.FromExtensionValue(value)).PositiveValue
            : BigInteger.Zero;
}
