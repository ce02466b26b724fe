using System.Diagnostics.CodeAnalysis;
using Vic.Lab.Api.Sessions;
using Vic.Lab.Inventory;
using Vic.Lab.Operations;
using Vic.Vim25;

namespace Vic.Lab.Api;

/// <summary>Serves <c>/sdk</c>: SOAP 1.1 with the session in the cookie <c>vmware_soap_session</c>.</summary>
internal sealed partial class SoapEndpoint(LabWorld world, OperationTable operations, ILogger<SoapEndpoint> logger)
{
    private const long BodyLimit = 16L << 20;
    private const string ContentType = "text/xml; charset=utf-8";

    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var session = SessionCookie.Find(context, world.Sessions);
        VimRequest request;
        try
        {
            request = await ReadAsync(context).ConfigureAwait(false);
        }
        catch (UnknownMethodException unknown)
        {
            var fault = Faults.NotSupported(unknown.MethodName ?? "?");
            await WriteAsync(context, SoapResponseWriter.Fault(fault.Fault, fault.FaultText), isFault: true).ConfigureAwait(false);
            return;
        }
        catch (VimProtocolException malformed)
        {
            await WriteAsync(context, SoapResponseWriter.Fault(new InvalidRequest(), malformed.Message), isFault: true).ConfigureAwait(false);
            return;
        }

        var failure = world.Options.Faults.Arrive(session?.Key ?? string.Empty, request.MethodName, $"{request.This.Type}:{request.This.Value}");
        if (failure == CallFailure.EndSession && session is not null)
        {
            world.Sessions.Close(session);
            session = null;
        }

        if (failure == CallFailure.Drop)
        {
            context.Abort();
            return;
        }

        var call = new OperationCall(
            session,
            context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
            context.Request.Headers.UserAgent.ToString(),
            context.RequestAborted);
        var (body, isFault) = await InvokeAsync(call, request, failure).ConfigureAwait(false);
        if (failure == CallFailure.DropAnswer || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        if (call is { SessionChanged: true, CurrentSession: { } opened })
        {
            SessionCookie.Send(context, opened);
        }

        await WriteAsync(context, body, isFault).ConfigureAwait(false);
    }

    private static async Task<VimRequest> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > BodyLimit)
        {
            throw new VimProtocolException("the request is larger than 16 MiB");
        }

        // The reader is synchronous; the body is small and bounded, so it is taken whole first.
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + count > BodyLimit)
            {
                throw new VimProtocolException("the request is larger than 16 MiB");
            }

            body.Write(buffer, 0, count);
        }

        body.Position = 0;
        return SoapRequestReader.Read(body);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Sessions belong to the session table.")]
    private async Task<(byte[] Body, bool IsFault)> InvokeAsync(OperationCall call, VimRequest request, CallFailure? failure)
    {
        var session = call.CurrentSession;
        session?.BeginCall(DateTimeOffset.UtcNow);
        try
        {
            if (failure == CallFailure.Fault)
            {
                throw Faults.New(new HostCommunication(), "Unable to communicate with the remote host, since it is disconnected.");
            }

            var result = await operations.InvokeAsync(call, request).ConfigureAwait(false);
            return (SoapResponseWriter.Result(request, result), false);
        }
        catch (Exception exception)
        {
            var fault = FaultTranslation.Translate(exception);
            if (fault.Fault is SystemError)
            {
                LogFailure(logger, request.MethodName, exception);
            }

            return (SoapResponseWriter.Fault(fault.Fault, fault.FaultText), true);
        }
        finally
        {
            session?.EndCall(DateTimeOffset.UtcNow);
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] body, bool isFault)
    {
        context.Response.StatusCode = isFault ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed unexpectedly.")]
    private static partial void LogFailure(ILogger logger, string method, Exception exception);
}
