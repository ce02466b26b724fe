using Org.BouncyCastle.Math;

namespace Vic.Engine.Certificates;

/// <summary>Serial numbers of certificates as people read them: hexadecimal digits.</summary>
internal static class SerialNumbers
{
    private const int MostDigits = 40;

    /// <summary>Upper-case digits, two a byte.</summary>
    public static string ToText(BigInteger number)
    {
        var digits = number.ToString(16).ToUpperInvariant();
        return digits.Length % 2 == 0 ? digits : "0" + digits;
    }

    /// <summary>Reads digits, with or without colons and spaces; null when it is no serial number (RFC 5280: at most 20 bytes).</summary>
    public static BigInteger? TryParse(string text)
    {
        var digits = new string(text.Where(character => character is not (':' or ' ' or '-')).ToArray());
        return digits.Length is > 0 and <= MostDigits && digits.All(Uri.IsHexDigit) ? new BigInteger(digits, 16) : null;
    }
}
