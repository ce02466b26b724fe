using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Vic.Endpoint.Api.Connections;
using Vic.Endpoint.Api.Streams;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api.Routing;

/// <summary>One request of the Docker API with docker's way of reading parameters.</summary>
public sealed class ApiRequest
{
    /// <summary>The largest JSON body that is read, in bytes.</summary>
    public const int MaximumJsonBody = 1024 * 1024;

    private readonly Dictionary<string, string> _route;

    /// <summary>Wraps a request that a route was found for.</summary>
    public ApiRequest(HttpContext http, ApiVersion version, Dictionary<string, string> route)
    {
        Http = http;
        Version = version;
        _route = route;
    }

    /// <summary>The request as Kestrel has it.</summary>
    public HttpContext Http { get; }

    /// <summary>The version that the client chose by the path's prefix.</summary>
    public ApiVersion Version { get; }

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A placeholder's value.</summary>
    public string Route(string name) => _route[name];

    /// <summary>A parameter of the query; empty when it is absent.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString();

    /// <summary>Every value of a parameter.</summary>
    public IReadOnlyList<string> QueryAll(string name) => [.. Http.Request.Query[name].OfType<string>()];

    /// <summary>Whether the query has the parameter at all.</summary>
    public bool HasQuery(string name) => Http.Request.Query.ContainsKey(name);

    /// <summary>A yes-or-no parameter: everything but empty, 0, no, false and none is yes, as in moby's httputils.</summary>
    public bool Flag(string name, bool absent = false) =>
        !HasQuery(name)
            ? absent
            : Query(name).Trim().ToUpperInvariant() is not ("" or "0" or "NO" or "FALSE" or "NONE");

    /// <summary>A whole number; null when the parameter is absent or empty.</summary>
    public int? Integer(string name)
    {
        var text = Query(name);
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw EngineException.InvalidParameter($"strconv.Atoi: parsing \"{text}\": invalid syntax");
    }

    /// <summary>Reads the body as JSON.</summary>
    public async Task<JsonDocument> ReadDocumentAsync()
    {
        var body = await ReadBodyAsync().ConfigureAwait(false);
        if (body.Length == 0)
        {
            throw EngineException.InvalidParameter("invalid JSON: got EOF while reading request body");
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException malformed)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, $"invalid JSON: {malformed.Message}", malformed);
        }
    }

    /// <summary>Reads the body as one value; null when there is no body.</summary>
    public async Task<T?> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        var body = await ReadBodyAsync().ConfigureAwait(false);
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException malformed)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, $"invalid JSON: {malformed.Message}", malformed);
        }
    }

    /// <summary>Answers with a JSON value and ends the line as docker does.</summary>
    public async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, int statusCode = StatusCodes.Status200OK)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = Http.Response;
        response.StatusCode = statusCode;
        response.ContentType = "application/json";
        response.ContentLength = json.Length + 1;
        if (HttpMethods.IsHead(Http.Request.Method))
        {
            return;
        }

        await response.Body.WriteAsync(json, Aborted).ConfigureAwait(false);
        await response.Body.WriteAsync("\n"u8.ToArray(), Aborted).ConfigureAwait(false);
    }

    /// <summary>Answers without a body.</summary>
    public Task WriteStatusAsync(int statusCode)
    {
        Http.Response.StatusCode = statusCode;
        return Task.CompletedTask;
    }

    /// <summary>Starts a response whose length is not known; its headers leave at once.</summary>
    public async Task<Stream> StartStreamAsync(string contentType)
    {
        Http.Response.ContentType = contentType;
        await Http.Response.StartAsync(Aborted).ConfigureAwait(false);
        await Http.Response.Body.FlushAsync(Aborted).ConfigureAwait(false);
        return Http.Response.Body;
    }

    /// <summary>
    /// Takes the connection over when the client asked for it (<c>Upgrade: tcp</c>); otherwise the response is a plain
    /// stream and there is no input.
    /// </summary>
    public async Task<HijackedStream> HijackAsync(bool multiplexed)
    {
        var contentType = multiplexed && Version >= new ApiVersion(1, 42)
            ? "application/vnd.docker.multiplexed-stream"
            : "application/vnd.docker.raw-stream";
        var upgrade = Http.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true })
        {
            return new HijackedStream(Stream.Null, await StartStreamAsync(contentType).ConfigureAwait(false));
        }

        Http.Features.Get<HijackFeature>()?.TakeOver();
        Http.Response.Headers.Upgrade = "tcp";
        Http.Response.ContentType = contentType;
        var stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        return new HijackedStream(stream, stream);
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        if (Http.Features.Get<HijackFeature>()?.Body is { } taken)
        {
            return taken;
        }

        if (Http.Request.ContentLength > MaximumJsonBody)
        {
            throw TooLarge();
        }

        var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        while (await Http.Request.Body.ReadAsync(block, Aborted).ConfigureAwait(false) is > 0 and var read)
        {
            if (buffer.Length + read > MaximumJsonBody)
            {
                throw TooLarge();
            }

            buffer.Write(block, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static EngineException TooLarge() =>
        EngineException.InvalidParameter($"the request body is larger than {MaximumJsonBody} bytes");
}
