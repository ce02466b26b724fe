using System.Security.Cryptography;
using System.Text;
using Vic.Configuration.Cryptography;

namespace Vic.Configuration;

/// <summary>
/// The key that seals the secret values of one virtual machine. It travels as base64 in <see cref="GuestInfoKey.SecretKeyName"/>; a sealed
/// value is base64 of nonce and box (vmware/vic, pkg/vsphere/extraconfig/secret.go).
/// </summary>
public sealed class SecretKey
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly byte[] key;

    private SecretKey(byte[] key) => this.key = key;

    /// <summary>Makes a new random key.</summary>
    public static SecretKey Generate() => new(RandomBytes(SecretBox.KeyLength));

    /// <summary>Reads the base64 form.</summary>
    public static bool TryParse(string text, out SecretKey? key)
    {
        key = TryDecode(text) is { Length: SecretBox.KeyLength } bytes ? new SecretKey(bytes) : null;
        return key is not null;
    }

    /// <summary>The base64 form, for <see cref="GuestInfoKey.SecretKeyName"/> only.</summary>
    public string Export() => Convert.ToBase64String(key);

    /// <summary>Seals a value under a fresh nonce: two seals of one value differ.</summary>
    public string Seal(string value)
    {
        var nonce = RandomBytes(SecretBox.NonceLength);
        var box = SecretBox.Seal(Utf8.GetBytes(value), nonce, key);
        var text = new byte[nonce.Length + box.Length];
        nonce.CopyTo(text, 0);
        box.CopyTo(text, nonce.Length);
        return Convert.ToBase64String(text);
    }

    /// <summary>Opens a sealed value; false when it was sealed by another key or changed.</summary>
    public bool TryOpen(string text, out string value)
    {
        value = "";
        if (TryDecode(text) is not { } bytes || bytes.Length < SecretBox.NonceLength + SecretBox.Overhead)
            return false;
        var nonce = new byte[SecretBox.NonceLength];
        var box = new byte[bytes.Length - nonce.Length];
        Buffer.BlockCopy(bytes, 0, nonce, 0, nonce.Length);
        Buffer.BlockCopy(bytes, nonce.Length, box, 0, box.Length);
        if (SecretBox.TryOpen(box, nonce, key) is not { } message)
            return false;
        value = Utf8.GetString(message);
        return true;
    }

    /// <summary>Says what this is, never the key itself.</summary>
    public override string ToString() => "SecretKey";

    private static byte[]? TryDecode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return bytes;
    }
}
