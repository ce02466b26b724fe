using Vic.Engine.Certificates;

namespace Vic.Engine.Validation;

/// <summary>Reads certificates that the user gave: as the name of a PEM file, or as PEM text.</summary>
internal static class PemSource
{
    private const string TextMark = "-----BEGIN";
    private const int MaximumLength = 1 << 20;

    /// <summary>The PEM text of all certificates, one line break after each.</summary>
    public static string ReadCertificates(string option, IEnumerable<string> sources, CheckList checks)
    {
        var texts = sources.Select(source => Read(option, source, pem => CertificatePemReader.ReadCertificate(pem), checks)).OfType<string>();
        return string.Concat(texts.Select(text => text.TrimEnd() + "\n"));
    }

    /// <summary>The text of one source; null, and a problem, when it cannot be read or <paramref name="parse"/> does not take it.</summary>
    public static string? Read(string option, string source, Action<string> parse, CheckList checks)
    {
        var isText = source.TrimStart().StartsWith(TextMark, StringComparison.Ordinal);
        try
        {
            if (!isText && new FileInfo(source).Length > MaximumLength)
            {
                checks.Fail(option, $"'{source}' is too long for certificates.");
                return null;
            }

            var pem = isText ? source : File.ReadAllText(source);
            parse(pem);
            return pem;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException)
        {
            checks.Fail(option, $"{(isText ? "The PEM text" : $"'{source}'")} cannot be used: {exception.Message}");
            return null;
        }
    }
}
