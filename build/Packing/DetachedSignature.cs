using System.Security.Cryptography;
using Vic.Build.Execution;

namespace Vic.Build.Packing;

/// <summary>
/// A signature beside the file that it is about, over its SHA-256, in the form that
/// <c>openssl dgst -sha256 -verify key.pem -signature file.sig file</c> reads.
/// </summary>
internal static class DetachedSignature
{
    /// <param name="keyFile">A private key in PEM: RSA or ECDSA, without a password.</param>
    /// <exception cref="BuildFailedException">There is no such key in the file.</exception>
    public static byte[] Sign(byte[] content, string keyFile)
    {
        try
        {
            var pem = File.ReadAllText(keyFile);
            return Read(RSA.Create(), pem, key => key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                ?? Read(ECDsa.Create(), pem, key => key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
                ?? throw new BuildFailedException($"'{keyFile}' holds no private key of RSA or ECDSA in PEM, without a password");
        }
        catch (IOException exception)
        {
            throw new BuildFailedException($"the key for signing cannot be read: {exception.Message}");
        }
    }

    private static byte[]? Read<TKey>(TKey key, string pem, Func<TKey, byte[]> sign)
        where TKey : AsymmetricAlgorithm
    {
        using (key)
        {
            try
            {
                key.ImportFromPem(pem);
                return sign(key);
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                return null;
            }
        }
    }
}
