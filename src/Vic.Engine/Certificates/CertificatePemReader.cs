using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.X509;

namespace Vic.Engine.Certificates;

/// <summary>Reads the PEM forms that OpenSSL, Docker and this module write.</summary>
internal static class CertificatePemReader
{
    /// <exception cref="FormatException">The text holds no certificate.</exception>
    public static X509Certificate ReadCertificate(string pem) =>
        ReadCertificates(pem).FirstOrDefault() ?? throw new FormatException("There is no certificate in PEM form.");

    /// <summary>All certificates of a text; none is no error.</summary>
    /// <exception cref="FormatException">The text is damaged.</exception>
    public static IEnumerable<X509Certificate> ReadCertificates(string pem) => ReadObjects(pem).OfType<X509Certificate>();

    /// <exception cref="FormatException">The text holds no private key without a password.</exception>
    public static AsymmetricKeyParameter ReadPrivateKey(string pem)
    {
        foreach (var item in ReadObjects(pem))
        {
            switch (item)
            {
                case AsymmetricCipherKeyPair pair:
                    return pair.Private;
                case AsymmetricKeyParameter { IsPrivate: true } key:
                    return key;
            }
        }

        throw new FormatException("There is no private key in PEM form.");
    }

    private static List<object> ReadObjects(string pem)
    {
        var items = new List<object>();
        try
        {
            using var text = new StringReader(pem);
            using var reader = new PemReader(text);
            while (reader.ReadObject() is { } item)
            {
                items.Add(item);
            }
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            // The parser reports malformed input with half a dozen unrelated exception types.
            throw new FormatException("The PEM text is damaged.", exception);
        }

        return items;
    }
}
