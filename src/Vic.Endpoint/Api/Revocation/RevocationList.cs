using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Endpoint.Api.Revocation;

/// <summary>A list of revoked certificates (RFC 5280, section 5), signed with SHA-256 by the authority that issued them.</summary>
internal sealed class RevocationList
{
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private const string Sha256WithEcdsa = "1.2.840.10045.4.3.2";

    private readonly ReadOnlyMemory<byte> _content;
    private readonly string _algorithm;
    private readonly byte[] _signature;
    private readonly HashSet<string> _serialNumbers = [];

    private RevocationList(ReadOnlyMemory<byte> content, string algorithm, byte[] signature)
    {
        _content = content;
        _algorithm = algorithm;
        _signature = signature;
    }

    /// <summary>The issuer's distinguished name, in DER.</summary>
    public ReadOnlyMemory<byte> Issuer { get; private set; }

    /// <summary>Reads a list; its signature is not looked at.</summary>
    /// <exception cref="CryptographicException">It is no list of revoked certificates.</exception>
    public static RevocationList Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var list = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            var content = list.PeekEncodedValue();
            var fields = list.ReadSequence();
            var algorithm = list.ReadSequence().ReadObjectIdentifier();
            var read = new RevocationList(content, algorithm, list.ReadBitString(out _));
            read.ReadFields(fields);
            return read;
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException("A list of revoked certificates is damaged.", exception);
        }
    }

    /// <summary>Whether this authority has signed the list.</summary>
    public bool IsSignedBy(X509Certificate2 authority)
    {
        if (!authority.SubjectName.RawData.AsSpan().SequenceEqual(Issuer.Span))
        {
            return false;
        }

        using var rsa = authority.GetRSAPublicKey();
        using var ecdsa = authority.GetECDsaPublicKey();
        return _algorithm switch
        {
            Sha256WithRsa when rsa is not null => rsa.VerifyData(_content.Span, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            Sha256WithEcdsa when ecdsa is not null => ecdsa.VerifyData(
                _content.Span, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            _ => false,
        };
    }

    /// <summary>Whether a certificate is on the list.</summary>
    public bool Contains(CertificateIdentity certificate) =>
        certificate.Issuer.Span.SequenceEqual(Issuer.Span) && _serialNumbers.Contains(certificate.SerialNumber);

    private void ReadFields(AsnReader fields)
    {
        if (IsNext(fields, UniversalTagNumber.Integer))
        {
            fields.ReadInteger();
        }

        fields.ReadSequence();
        Issuer = fields.ReadEncodedValue();
        ReadTime(fields);
        if (IsNext(fields, UniversalTagNumber.UtcTime) || IsNext(fields, UniversalTagNumber.GeneralizedTime))
        {
            ReadTime(fields);
        }

        if (!IsNext(fields, UniversalTagNumber.Sequence))
        {
            return;
        }

        var entries = fields.ReadSequence();
        while (entries.HasData)
        {
            _serialNumbers.Add(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span));
        }
    }

    private static bool IsNext(AsnReader reader, UniversalTagNumber tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(new Asn1Tag(tag));

    private static void ReadTime(AsnReader reader) => reader.ReadEncodedValue();
}
