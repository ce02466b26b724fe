using System.Diagnostics;
using System.Text.Json;
using Vic.Endpoint.Api.Connections;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routes;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api;

/// <summary>Answers every request: version prefix, route, and errors in docker's form.</summary>
public sealed partial class DockerApi
{
    private static readonly string ServerHeader = $"VIC/{ProductVersion.Number} (linux)";
    private readonly RouteTable _routes = new();
    private readonly ILogger<DockerApi> _log;

    /// <summary>Serves an engine.</summary>
    public DockerApi(Engine engine, ILogger<DockerApi> log)
    {
        _log = log;
        new SystemRoutes(engine).AddTo(_routes);
        new ContainerRoutes(engine).AddTo(_routes);
        new StreamRoutes(engine).AddTo(_routes);
        new ImageRoutes(engine).AddTo(_routes);
        new NetworkRoutes(engine).AddTo(_routes);
        RefusedRoutes.AddTo(_routes);
    }

    /// <summary>Answers one request.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        http.Response.Headers.Server = ServerHeader;
        http.Response.Headers["Api-Version"] = ApiVersion.Newest.ToString();
        http.Response.Headers["Ostype"] = "linux";
        var began = Stopwatch.GetTimestamp();
        try
        {
            await RouteAsync(http).ConfigureAwait(false);
        }
        catch (EngineException refused)
        {
            await RefuseAsync(http, refused.StatusCode, refused.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException malformed)
        {
            await RefuseAsync(http, malformed.StatusCode, malformed.Message).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to tell.
        }
        catch (Exception failure)
        {
            LogFailure(http.Request.Method, http.Request.Path, failure);
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, failure.Message).ConfigureAwait(false);
        }
        finally
        {
            http.Features.Get<HijackFeature>()?.RequestEnded();

            // Escaped, so that no path of a client's choice forges a line of the log; without the query, which may hold what is nobody's business.
            LogAnswer(
                http.Request.Method,
                http.Request.Path.ToUriComponent(),
                http.Response.StatusCode,
                (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    private Task RouteAsync(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).AsSpan();
        var version = ApiVersion.Newest;
        if (path.Length > 0 && ApiVersion.TryParsePrefix(path[0], out var asked))
        {
            version = Negotiate(asked);
            path = path[1..];
        }

        return _routes.Find(http.Request.Method, path, out var values) is { } handler
            ? handler(new ApiRequest(http, version, values))
            : throw EngineException.NotFound("page not found");
    }

    private static ApiVersion Negotiate(ApiVersion asked)
    {
        if (asked > ApiVersion.Newest)
        {
            throw EngineException.InvalidParameter(
                $"client version {asked} is too new. Maximum supported API version is {ApiVersion.Newest}");
        }

        return asked >= ApiVersion.Oldest
            ? asked
            : throw EngineException.InvalidParameter(
                $"client version {asked} is too old. Minimum supported API version is {ApiVersion.Oldest}, please upgrade your client to a newer version");
    }

    private static async Task RefuseAsync(HttpContext http, int statusCode, string message)
    {
        if (http.Response.HasStarted)
        {
            // The head is gone: cutting the connection is the only way left to say that the answer is not whole.
            http.Abort();
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new ErrorResponse { Message = message }, EngineJson.Wire.ErrorResponse);
        http.Response.StatusCode = statusCode;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length + 1;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync((byte[])[.. body, (byte)'\n'], http.RequestAborted).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} was answered with {Status} after {Milliseconds} ms")]
    private partial void LogAnswer(string method, string path, int status, long milliseconds);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(string method, string path, Exception failure);
}
