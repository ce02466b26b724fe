using System.Text;
using Org.BouncyCastle.Utilities.IO.Pem;

namespace Vic.Engine.Certificates;

/// <summary>Writes the PEM form of certificates and keys.</summary>
internal static class PemText
{
    /// <summary>A certificate in DER as PEM text.</summary>
    public static string OfCertificate(byte[] content) => Of("CERTIFICATE", content);

    /// <param name="type">What stands after BEGIN.</param>
    /// <param name="content">The DER.</param>
    public static string Of(string type, byte[] content)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new PemWriter(text).WriteObject(new PemObject(type, content));
        return new StringBuilder(text.ToString()).Replace("\r", "").ToString();
    }
}
