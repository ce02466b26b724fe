using System.Text;

namespace Vic.Configuration;

/// <summary>
/// A URL as its fields (Go's <c>url.URL</c>): datastore paths (<c>ds://datastore1/volumes</c>), NFS exports and disk labels
/// (<c>label://name</c>). Credentials are not stored.
/// </summary>
public sealed class GuestUrl : IGuestInfoStructure
{
    /// <summary>The scheme: <c>ds</c>, <c>nfs</c>, <c>label</c>.</summary>
    public string Scheme { get; set; } = "";

    /// <summary>What follows the scheme of a URL without slashes.</summary>
    public string Opaque { get; set; } = "";

    /// <summary>The datastore, the server or the label, unescaped.</summary>
    public string Host { get; set; } = "";

    /// <summary>The path, unescaped.</summary>
    public string Path { get; set; } = "";

    /// <summary>The path as escaped by its author where that differs from the usual escaping; a hint only.</summary>
    public string RawPath { get; set; } = "";

    /// <summary>Whether a question mark is kept before an empty query.</summary>
    public bool ForceQuery { get; set; }

    /// <summary>The query, escaped, without the question mark.</summary>
    public string RawQuery { get; set; } = "";

    /// <summary>The fragment, unescaped.</summary>
    public string Fragment { get; set; } = "";

    /// <summary>The fragment as escaped by its author; a hint only.</summary>
    public string RawFragment { get; set; } = "";

    /// <summary>Whether an empty host is left out of the text.</summary>
    public bool OmitHost { get; set; }

    /// <summary>Reads <c>scheme://host/path?query#fragment</c>.</summary>
    /// <exception cref="FormatException">There is no scheme, or an escape sequence is broken.</exception>
    public static GuestUrl Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            throw new FormatException("A URL with a scheme was expected.");
        var url = new GuestUrl { Scheme = text.Substring(0, scheme) };
        var rest = text.Substring(scheme + 3);
        url.Fragment = Unescape(Cut(ref rest, '#'));
        url.RawQuery = Cut(ref rest, '?');
        var slash = rest.IndexOf('/');
        url.Host = Unescape(slash < 0 ? rest : rest.Substring(0, slash));
        url.Path = slash < 0 ? "" : Unescape(rest.Substring(slash));
        return url;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder(Scheme).Append("://").Append(Host).Append(Path);
        if (RawQuery.Length > 0 || ForceQuery)
            text.Append('?').Append(RawQuery);
        if (Fragment.Length > 0)
            text.Append('#').Append(Fragment);
        return text.ToString();
    }

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Scheme = map.Text(key.Child("Scheme"), Scheme);
        Opaque = map.Text(key.Child("Opaque"), Opaque);
        Host = map.Text(key.Child("Host"), Host);
        Path = map.Text(key.Child("Path"), Path);
        RawPath = map.Text(key.Child("RawPath"), RawPath);
        ForceQuery = map.Flag(key.Child("ForceQuery"), ForceQuery);
        RawQuery = map.Text(key.Child("RawQuery"), RawQuery);
        Fragment = map.Text(key.Child("Fragment"), Fragment);
        RawFragment = map.Text(key.Child("RawFragment"), RawFragment);
        OmitHost = map.Flag(key.Child("OmitHost"), OmitHost);
    }

    private static string Cut(ref string text, char separator)
    {
        var at = text.IndexOf(separator);
        if (at < 0)
            return "";
        var tail = text.Substring(at + 1);
        text = text.Substring(0, at);
        return tail;
    }

    private static string Unescape(string text)
    {
        if (text.IndexOf('%') < 0)
            return text;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1)));
            else if (i + 2 < text.Length && Digit(text[i + 1]) is >= 0 and var high && Digit(text[i + 2]) is >= 0 and var low)
                bytes.Add((byte)((high << 4) | low));
            else
                throw new FormatException("The URL has a broken escape sequence.");
            i += text[i] == '%' ? 2 : char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static int Digit(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
