using System.Text;

namespace Vic.Lab.Api;

/// <summary>Name and password in an <c>Authorization</c> header (RFC 7617).</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";
    private const int Limit = 4096;

    /// <summary>The name and the password, or null when the header has none.</summary>
    public static (string Name, string Password)? Parse(string? header)
    {
        if (header is not { Length: > 0 and < Limit } || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var buffer = new byte[header.Length];
        return Convert.TryFromBase64String(header[Scheme.Length..], buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var name, var password]
            ? (name, password)
            : null;
    }
}
