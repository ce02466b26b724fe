using System.Buffers;
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

    private readonly FaultTranslation faults = new(world.Store);

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
            // What is left of the body is not waited for.
            context.Response.Headers.Connection = "close";
            await WriteAsync(context, SoapResponseWriter.Fault(new InvalidRequest(), malformed.Message), isFault: true).ConfigureAwait(false);
            return;
        }

        var treatment = world.Options.Faults.Arrive(session?.Key ?? string.Empty, request.MethodName, $"{request.This.Type}:{request.This.Value}");
        if (treatment.Delay > TimeSpan.Zero)
        {
            // Not cut short by the caller's leaving: what is late is still done.
            await Task.Delay(treatment.Delay, CancellationToken.None).ConfigureAwait(false);
        }

        if (treatment.Failure == CallFailure.EndSession && session is not null)
        {
            world.Sessions.Close(session);
            session = null;
        }

        if (treatment.Failure == CallFailure.Drop)
        {
            context.Abort();
            return;
        }

        var answer = await InvokeAsync(NewCall(context, session), request, treatment.Failure).ConfigureAwait(false);
        if (treatment.Failure is CallFailure.Duplicate or CallFailure.Repeat)
        {
            var second = await InvokeAsync(NewCall(context, session), request, null).ConfigureAwait(false);
            answer = treatment.Failure == CallFailure.Repeat ? second : answer;
        }

        if (treatment.Failure == CallFailure.DropAnswer || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        if (answer.Call is { SessionChanged: true, CurrentSession: { } opened })
        {
            SessionCookie.Send(context, opened);
        }

        await WriteAsync(context, answer.Body, answer.IsFault).ConfigureAwait(false);
    }

    private static OperationCall NewCall(HttpContext context, Session? session) => new(
        session,
        context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
        context.Request.Headers.UserAgent.ToString(),
        context.RequestAborted);

    private async Task<VimRequest> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > BodyLimit)
        {
            throw new VimProtocolException("the request is larger than 16 MiB");
        }

        // The reader is synchronous; the body is small and bounded, so it is taken whole first.
        using var body = new MemoryStream();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(world.Options.RequestTimeLimit);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int count;
            while ((count = await context.Request.Body.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0)
            {
                if (body.Length + count > BodyLimit)
                {
                    throw new VimProtocolException("the request is larger than 16 MiB");
                }

                body.Write(buffer, 0, count);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new VimProtocolException($"the request did not arrive within {world.Options.RequestTimeLimit.TotalSeconds:F0} seconds");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        body.Position = 0;
        return SoapRequestReader.Read(body);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Sessions belong to the session table.")]
    private async Task<Answer> InvokeAsync(OperationCall call, VimRequest request, CallFailure? failure)
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
            return new Answer(call, SoapResponseWriter.Result(request, result), false);
        }
        catch (Exception exception)
        {
            var fault = faults.Translate(exception);
            if (fault.Fault is SystemError)
            {
                LogFailure(logger, request.MethodName, exception);
            }

            return new Answer(call, SoapResponseWriter.Fault(fault.Fault, fault.FaultText), true);
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

    private sealed record Answer(OperationCall Call, byte[] Body, bool IsFault);
}
