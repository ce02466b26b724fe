using System.Net;
using System.Text.Json;

namespace Vic.Oci.Registry;

/// <summary>Turns a registry's refusals into typed errors, with the words that docker uses for them.</summary>
internal static class RegistryAnswers
{
    private const int MaximumErrorAnswer = 64 << 10;
    private const int MaximumMessage = 512;

    public static async Task<RegistryException> ToExceptionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (code, message) = await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
        var kind = KindOf(code, response);
        if (kind == RegistryErrorKind.Unauthorized && response.Headers.WwwAuthenticate.Any(IsInsufficient))
        {
            (kind, code, message) = (RegistryErrorKind.Denied, "DENIED", "requested access to the resource is denied");
        }

        var transient = (int)response.StatusCode >= 500 || kind == RegistryErrorKind.TooManyRequests || response.StatusCode == HttpStatusCode.RequestTimeout;
        var text = code is null
            ? DefaultText(kind, response)
            : $"{code.Replace('_', ' ').ToLowerInvariant()}: {message ?? code.Replace('_', ' ').ToLowerInvariant()}";
        return new RegistryException(kind, text) { IsTransient = transient };
    }

    // RFC 6750, section 3.1: the token is good, and does not open this.
    private static bool IsInsufficient(System.Net.Http.Headers.AuthenticationHeaderValue challenge) =>
        challenge.Parameter?.Contains("error=\"insufficient_scope\"", StringComparison.OrdinalIgnoreCase) == true;

    private static string DefaultText(RegistryErrorKind kind, HttpResponseMessage response) => kind switch
    {
        RegistryErrorKind.ManifestUnknown => "manifest unknown: manifest unknown",
        RegistryErrorKind.BlobUnknown => "blob unknown: blob unknown to registry",
        RegistryErrorKind.Unauthorized => "unauthorized: authentication required",
        RegistryErrorKind.Denied => "denied: requested access to the resource is denied",
        _ => $"received unexpected HTTP status: {(int)response.StatusCode} {response.ReasonPhrase}",
    };

    private static RegistryErrorKind KindOf(string? code, HttpResponseMessage response)
    {
        var isBlob = response.RequestMessage?.RequestUri?.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal) == true;
        return (code, response.StatusCode) switch
        {
            ("MANIFEST_UNKNOWN", _) => RegistryErrorKind.ManifestUnknown,
            ("NAME_UNKNOWN", _) => RegistryErrorKind.NameUnknown,
            ("BLOB_UNKNOWN", _) => RegistryErrorKind.BlobUnknown,
            ("DENIED", _) => RegistryErrorKind.Denied,
            ("UNAUTHORIZED", _) => RegistryErrorKind.Unauthorized,
            ("TOOMANYREQUESTS", _) or (_, HttpStatusCode.TooManyRequests) => RegistryErrorKind.TooManyRequests,
            (null, HttpStatusCode.Unauthorized) => RegistryErrorKind.Unauthorized,
            (null, HttpStatusCode.Forbidden) => RegistryErrorKind.Denied,
            (null, HttpStatusCode.NotFound) => isBlob ? RegistryErrorKind.BlobUnknown : RegistryErrorKind.ManifestUnknown,
            _ => RegistryErrorKind.Other,
        };
    }

    private static async Task<(string? Code, string? Message)> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedContent.ReadAsync(response.Content, MaximumErrorAnswer, "error", cancellationToken).ConfigureAwait(false);
            var entry = JsonSerializer.Deserialize(body, RegistryJson.Default.ErrorAnswer)?.Errors is [var first, ..] ? first : null;
            return string.IsNullOrEmpty(entry?.Code) ? (null, null) : (Printable(entry.Code), entry.Message is { Length: > 0 } message ? Printable(message) : null);
        }
        catch (Exception e) when (e is JsonException or RegistryException or IOException or HttpRequestException)
        {
            // The status says enough: many proxies answer with a page of HTML.
            return (null, null);
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(MaximumMessage).Select(c => char.IsControl(c) ? ' ' : c));
}
