using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;

namespace Vic.Engine.Certificates;

/// <summary>
/// Makes the certificates of a VCH: an authority of its own, the endpoint's server certificate, the Docker client's certificate.
/// </summary>
public sealed class CertificateIssuer
{
    private const int SerialNumberBits = 128;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    // An endpoint whose clock is a little behind must accept a certificate that was made a minute ago.
    private static readonly TimeSpan StartInThePast = TimeSpan.FromDays(1);

    private readonly KeyRecipe _recipe;
    private readonly string _organization;
    private readonly DateTime _now;
    private readonly SecureRandom _random = new();

    /// <summary>Creates an issuer.</summary>
    /// <param name="recipe">How key pairs are made.</param>
    /// <param name="organization">The organization of every subject: the VCH's name.</param>
    /// <param name="now">The current time; certificates are valid from a day earlier for one year.</param>
    public CertificateIssuer(KeyRecipe recipe, string organization, DateTimeOffset now)
    {
        _recipe = recipe;
        _organization = organization;
        _now = now.UtcDateTime;
    }

    /// <summary>Makes a certificate authority that signs itself and may only sign end certificates.</summary>
    public KeyedCertificate CreateAuthority()
    {
        var keys = _recipe.CreateKeyPair(_random);
        var generator = Describe($"{_organization} CA", keys);
        generator.SetIssuerDN(Subject($"{_organization} CA"));
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(pathLenConstraint: 0));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        return Sign(generator, keys, keys.Private);
    }

    /// <summary>Makes a server certificate for the given names.</summary>
    /// <param name="names">What clients dial; the first becomes the common name. Not empty.</param>
    /// <param name="authority">Who signs; null for a certificate that signs itself.</param>
    public KeyedCertificate IssueServer(IReadOnlyList<SubjectName> names, KeyedCertificate? authority)
    {
        var keys = _recipe.CreateKeyPair(_random);
        var generator = Describe(names[0].Text, keys);
        generator.AddExtension(
            X509Extensions.SubjectAlternativeName, critical: false, new GeneralNames(names.Select(name => name.ToGeneralName()).ToArray()));
        return IssueLeaf(generator, keys, authority, KeyPurposeID.id_kp_serverAuth);
    }

    /// <summary>Makes a client certificate that opens the Docker API.</summary>
    /// <param name="authority">Who signs.</param>
    /// <param name="name">The common name: whose certificate it is.</param>
    public KeyedCertificate IssueClient(KeyedCertificate authority, string name = "docker client")
    {
        var keys = _recipe.CreateKeyPair(_random);
        return IssueLeaf(Describe(name, keys), keys, authority, KeyPurposeID.id_kp_clientAuth);
    }

    private KeyedCertificate IssueLeaf(
        X509V3CertificateGenerator generator, AsymmetricCipherKeyPair keys, KeyedCertificate? authority, KeyPurposeID purpose)
    {
        // Key encipherment is RSA key transport; an ECDSA key only signs.
        var usage = _recipe.Algorithm == KeyAlgorithm.Rsa ? KeyUsage.DigitalSignature | KeyUsage.KeyEncipherment : KeyUsage.DigitalSignature;
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(cA: false));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(usage));
        generator.AddExtension(X509Extensions.ExtendedKeyUsage, critical: false, new ExtendedKeyUsage(purpose));
        if (authority is not null)
        {
            generator.SetIssuerDN(authority.Certificate.SubjectDN);
            generator.AddExtension(
                X509Extensions.AuthorityKeyIdentifier,
                critical: false,
                X509ExtensionUtilities.CreateAuthorityKeyIdentifier(authority.Certificate.GetPublicKey()));
        }

        return Sign(generator, keys, authority?.PrivateKey ?? keys.Private);
    }

    private X509V3CertificateGenerator Describe(string commonName, AsymmetricCipherKeyPair keys)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new BigInteger(SerialNumberBits - 1, _random).SetBit(SerialNumberBits - 2));
        generator.SetSubjectDN(Subject(commonName));
        generator.SetIssuerDN(Subject(commonName));
        generator.SetNotBefore(_now - StartInThePast);
        generator.SetNotAfter(_now - StartInThePast + Validity);
        generator.SetPublicKey(keys.Public);
        generator.AddExtension(
            X509Extensions.SubjectKeyIdentifier, critical: false, X509ExtensionUtilities.CreateSubjectKeyIdentifier(keys.Public));
        return generator;
    }

    private X509Name Subject(string commonName) =>
        new([X509Name.O, X509Name.CN], [_organization, commonName]);

    private KeyedCertificate Sign(X509V3CertificateGenerator generator, AsymmetricCipherKeyPair keys, AsymmetricKeyParameter signer) =>
        new(generator.Generate(new Asn1SignatureFactory(SignatureAlgorithmOf(signer), signer, _random)), keys.Private);

    // The signer's key decides, which may be of another kind than the new ones.
    private static string SignatureAlgorithmOf(AsymmetricKeyParameter signer) => signer is ECKeyParameters ? "SHA256WITHECDSA" : "SHA256WITHRSA";
}
