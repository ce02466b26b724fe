using System.Net.Http.Headers;

namespace Vic.Oci.Registry;

/// <summary>What a registry asks for in WWW-Authenticate (RFC 6750, section 3; RFC 9110, section 11.2).</summary>
internal sealed record BearerChallenge(Uri Realm, string? Service, string? Scope)
{
    private const int MaximumParameterLength = 4096;

    public static BearerChallenge? From(AuthenticationHeaderValue header)
    {
        if (!string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: <= MaximumParameterLength } text)
        {
            return null;
        }

        var parameters = Parse(text);
        return parameters.TryGetValue("realm", out var realmText)
            && Uri.TryCreate(realmText, UriKind.Absolute, out var realm)
            && (realm.Scheme == Uri.UriSchemeHttps || realm.Scheme == Uri.UriSchemeHttp)
            ? new BearerChallenge(realm, parameters.GetValueOrDefault("service"), parameters.GetValueOrDefault("scope"))
            : null;
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var position = 0;
        while (position < text.Length)
        {
            var equals = text.IndexOf('=', position);
            if (equals < 0)
            {
                break;
            }

            var name = text[position..equals].Trim(' ', ',', '\t');
            position = equals + 1;
            parameters[name] = position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position) : ReadToken(text, ref position);
        }

        return parameters;
    }

    private static string ReadQuoted(string text, ref int position)
    {
        var value = new System.Text.StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            value.Append(text[position]);
        }

        position++;
        return value.ToString();
    }

    private static string ReadToken(string text, ref int position)
    {
        var end = text.IndexOf(',', position);
        end = end < 0 ? text.Length : end;
        var value = text[position..end].Trim();
        position = end;
        return value;
    }
}
