using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Vic.Vim25;

/// <summary>Posts requests and reads responses, with the session's cookie.</summary>
internal sealed class SoapChannel(VimTransport transport)
{
    private const string SessionCookieName = "vmware_soap_session";

    /// <summary>How much longer a call that changes things may take once its caller has given up.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    // What these make or end goes with the session: nobody needs to know whether they were done.
    private static readonly HashSet<string> OfTheSession =
    [
        "Login", "CreateContainerView", "DestroyView", "CreatePropertyCollector", "DestroyPropertyCollector", "CreateFilter", "DestroyPropertyFilter",
    ];

    private static readonly string[] ReadingVerbs = ["Retrieve", "Query", "Find", "Fetch", "CurrentTime", "SessionIsActive", "WaitForUpdates"];

    /// <summary>The API version that is asked for, for example <c>6.7</c>.</summary>
    public string ApiVersion { get; set; } = ServiceVersions.Fallback;

    /// <summary>The cookie's value, or null before the server has set one.</summary>
    public string? SessionCookie { get; set; }

    public VimTransport Transport { get; } = transport;

    public async Task<TResult> InvokeAsync<TResult>(VimRequest<TResult> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(Transport.CallTimeout);

        // Whoever gives up a change half-way does not know what there is to take back: the server gets a moment to say.
        TimeSpan patience = IsRead(request.MethodName) || OfTheSession.Contains(request.MethodName) ? TimeSpan.Zero : LastPatience;
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => timeout.CancelAfter(patience));
        try
        {
            return await SendAgainWhereSafeAsync(request, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            throw new VimConnectionException(
                Transport.Server, $"{request.MethodName}: {Transport.Server.Host} did not answer within {Transport.CallTimeout}.", e)
            {
                MethodName = request.MethodName,
            };
        }
        catch (VimProtocolException e)
        {
            e.MethodName = request.MethodName;
            throw;
        }
    }

    /// <summary>Adds the session to a request that is no SOAP call.</summary>
    public void Authorize(HttpRequestMessage message)
    {
        if (SessionCookie is { } cookie)
        {
            message.Headers.Add("Cookie", $"{SessionCookieName}={cookie}");
        }
    }

    /// <summary>A connection that broke under a call that only reads is worth a second one; any other call may have been done already.</summary>
    private async Task<TResult> SendAgainWhereSafeAsync<TResult>(VimRequest<TResult> request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (VimConnectionException e) when (e.StatusCode is null && IsRead(request.MethodName))
        {
            return await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsRead(string methodName) =>
        ReadingVerbs.Any(verb => methodName.StartsWith(verb, StringComparison.Ordinal));

    private static async Task<TResult> ObserveAsync<TResult>(VimRequest<TResult> request, Task<TResult> call, Action<VimCallReport> observer)
    {
        var elapsed = Stopwatch.StartNew();
        string? failure = null;
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e is VimFaultException fault ? fault.FaultType : e.GetType().Name;
            throw;
        }
        finally
        {
            observer(new VimCallReport(request.MethodName, request.This, elapsed.Elapsed, failure));
        }
    }

    private Task<TResult> SendAsync<TResult>(VimRequest<TResult> request, CancellationToken cancellationToken)
    {
        Task<TResult> call = PostAsync(request, cancellationToken);
        return VimCalls.Observer is { } observer ? ObserveAsync(request, call, observer) : call;
    }

    private async Task<TResult> PostAsync<TResult>(VimRequest<TResult> request, CancellationToken cancellationToken)
    {
        using var writer = new VimXmlWriter();
        SoapEnvelope.WriteRequest(writer, request);
        using var message = new HttpRequestMessage(HttpMethod.Post, Transport.Server);
        message.Content = new ByteArrayContent(writer.Written.ToArray());
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml") { CharSet = "utf-8" };
        message.Headers.Add("SOAPAction", $"\"{request.Namespace}/{ApiVersion}\"");
        Authorize(message);

        using HttpResponseMessage response = await Transport.SendAsync(message, request.MethodName, cancellationToken).ConfigureAwait(false);
        KeepCookie(response);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.InternalServerError))
        {
            throw new VimConnectionException(
                Transport.Server, $"{request.MethodName}: {Transport.Server.Host} answered with HTTP status {(int)response.StatusCode}.")
            {
                MethodName = request.MethodName,
                StatusCode = (int)response.StatusCode,
            };
        }

        return await ReadAsync(request, response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TResult> ReadAsync<TResult>(VimRequest<TResult> request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Some streams do not look at the token while they wait for bytes; disposing the response ends the wait.
        using CancellationTokenRegistration abort = cancellationToken.Register(response.Dispose);
        try
        {
            using ResponseBody body = await ResponseBody.BeginAsync(response.Content, cancellationToken).ConfigureAwait(false);
            using var reader = new VimXmlReader(body, Transport.ResponseLimits);
            SoapEnvelope.MoveIntoBody(reader);
            SoapFault? fault = reader.NameIs("Fault"u8) ? SoapFault.Read(reader) : null;
            TResult? result = fault is null ? request.ReadResult(reader) : default;
            await body.EndAsync().ConfigureAwait(false);
            return fault is null ? result! : throw ToException(request, fault);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not VimException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new VimConnectionException(Transport.Server, $"{request.MethodName}: the response broke off: {e.Message}", e)
            {
                MethodName = request.MethodName,
            };
        }
        catch (InvalidDataException e)
        {
            throw new VimProtocolException("the compressed response is damaged", e);
        }
    }

    private static VimException ToException(VimRequest request, SoapFault fault) => fault.Detail is { } detail
        ? new VimFaultException(detail, fault.Text, request.MethodName)
        : new VimProtocolException($"the server answered with a fault of SOAP: {fault.Text} ({fault.Code})");

    private void KeepCookie(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            return;
        }

        foreach (string cookie in cookies)
        {
            string pair = cookie.Split(';')[0].Trim();
            if (pair.StartsWith(SessionCookieName + "=", StringComparison.Ordinal))
            {
                SessionCookie = pair.Substring(SessionCookieName.Length + 1);
            }
        }
    }
}
