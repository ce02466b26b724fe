using System.Text;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Api.Streams;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Containers.Attach;
using Vic.Endpoint.Containers.Exec;
using Vic.Endpoint.Containers.Logs;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Api.Routes;

/// <summary>Attach, logs and exec: the routes that carry a process's streams.</summary>
internal sealed class StreamRoutes(Engine engine)
{
    public void AddTo(RouteTable routes) => routes
        .Add("POST /containers/{id}/attach", AttachAsync)
        .Add("GET /containers/{id}/logs", LogsAsync)
        .Add("POST /containers/{id}/exec", CreateExecAsync)
        .Add("POST /exec/{id}/start", StartExecAsync)
        .Add("POST /exec/{id}/resize", ResizeExecAsync)
        .Add("GET /exec/{id}/json", InspectExecAsync);

    private async Task AttachAsync(ApiRequest request)
    {
        var keys = DetachKeys.Parse(request.Query("detachKeys"));
        var container = engine.Containers.Catalog.Find(request.Route("id"));
        if (container.State.Status is ContainerStatus.Removing or ContainerStatus.Dead)
        {
            throw EngineException.Conflict($"container {container.Id} is marked for removal");
        }

        var config = container.Record.Config;
        if (container.SessionRefusal is { } refusal)
        {
            await RefuseAttachAsync(request, refusal, hasTerminal: config.Tty).ConfigureAwait(false);
            return;
        }

        var attach = new AttachRequest
        {
            Input = request.Flag("stdin") && config.OpenStdin,
            Output = request.Flag("stdout"),
            Error = request.Flag("stderr"),
            CloseInput = config.StdinOnce && !config.Tty,
            DetachKeys = config.Tty ? keys : null,
        };
        var streams = container.Streams;
        using var subscriber = streams.Subscribe(attach.Output, attach.Error);
        var client = await request.HijackAsync(multiplexed: !config.Tty).ConfigureAwait(false);
        using var writer = new OutputWriter(client.Output, multiplexed: !config.Tty);
        if (request.Flag("logs"))
        {
            await ContainerLogs.SendAsync(
                container, new LogRequest { Output = attach.Output, Error = attach.Error }, writer, request.Aborted).ConfigureAwait(false);
        }

        if (!request.Flag("stream"))
        {
            return;
        }

        subscriber.Connect(writer);
        engine.Containers.Events.Publish(container, "attach");
        if (await Attachment.RunAsync(streams, subscriber, attach, client.Input, request.Aborted).ConfigureAwait(false))
        {
            engine.Containers.Events.Publish(container, "detach");
        }
    }

    /// <summary>Refuses in the stream where that has a place for it: of an answer that refuses the stream docker's client shows the number alone.</summary>
    private static async Task RefuseAttachAsync(ApiRequest request, EngineException refusal, bool hasTerminal)
    {
        if (hasTerminal)
        {
            throw refusal;
        }

        var client = await request.HijackAsync(multiplexed: true).ConfigureAwait(false);
        using var writer = new OutputWriter(client.Output, multiplexed: true);
        await writer.WriteAsync(OutputChannel.EngineError, Encoding.UTF8.GetBytes(refusal.Message), request.Aborted).ConfigureAwait(false);
    }

    private async Task LogsAsync(ApiRequest request)
    {
        var container = engine.Containers.Catalog.Find(request.Route("id"));
        var logs = new LogRequest
        {
            Output = request.Flag("stdout"),
            Error = request.Flag("stderr"),
            Follow = request.Flag("follow"),
            Timestamps = request.Flag("timestamps"),
            Details = request.Flag("details"),
            Tail = int.TryParse(request.Query("tail"), out var tail) && tail >= 0 ? tail : null,
            Since = UnixTime.Parse(request.Query("since")),
            Until = UnixTime.Parse(request.Query("until")),
        };
        if (!logs.Output && !logs.Error)
        {
            throw EngineException.InvalidParameter("Bad parameters: you must choose at least one stream");
        }

        var terminal = container.Record.Config.Tty;
        var type = !terminal && request.Version >= new ApiVersion(1, 42)
            ? "application/vnd.docker.multiplexed-stream"
            : "application/vnd.docker.raw-stream";
        using var writer = new OutputWriter(await request.StartStreamAsync(type).ConfigureAwait(false), multiplexed: !terminal);
        await ContainerLogs.SendAsync(container, logs, writer, request.Aborted).ConfigureAwait(false);
    }

    private async Task CreateExecAsync(ApiRequest request)
    {
        var container = engine.Containers.Catalog.Find(request.Route("id"));
        var asked = await request.ReadAsync(EngineJson.Wire.ExecCreateRequest).ConfigureAwait(false) ?? new ExecCreateRequest();
        _ = DetachKeys.Parse(asked.DetachKeys ?? "");
        var instance = engine.Executions.Create(container, asked);
        await request.WriteAsync(new IdResponse { Id = instance.Id }, EngineJson.Wire.IdResponse, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private async Task StartExecAsync(ApiRequest request)
    {
        var instance = engine.Executions.Find(request.Route("id"));
        var start = await request.ReadAsync(EngineJson.Wire.ExecStartRequest).ConfigureAwait(false) ?? new ExecStartRequest();
        ExecService.Claim(instance);
        if (start.Detach)
        {
            await StartDetachedAsync(instance, request).ConfigureAwait(false);
            return;
        }

        var asked = instance.Request;
        var attach = new AttachRequest
        {
            Input = asked.AttachStdin,
            Output = asked.AttachStdout,
            Error = asked.AttachStderr,
            CloseInput = !asked.Tty,
            DetachKeys = asked.Tty ? DetachKeys.Parse(asked.DetachKeys ?? "") : null,
        };
        using var subscriber = instance.Streams.Subscribe(attach.Output, attach.Error);
        var client = await request.HijackAsync(multiplexed: !asked.Tty).ConfigureAwait(false);
        using var writer = new OutputWriter(client.Output, multiplexed: !asked.Tty);
        subscriber.Connect(writer);
        try
        {
            await engine.Executions.StartAsync(instance, request.Aborted).ConfigureAwait(false);
            await SizeAsync(instance, start.ConsoleSize ?? asked.ConsoleSize, request.Aborted).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LaunchException or EngineException)
        {
            // The connection has left HTTP: docker's daemon says it on the process's output, too.
            var reason = failure is LaunchException launch ? launch.DescribeExec() : failure.Message;
            await writer.WriteAsync(OutputChannel.StandardOutput, Encoding.UTF8.GetBytes(reason + "\r\n"), request.Aborted).ConfigureAwait(false);
            return;
        }

        if (!await Attachment.RunAsync(instance.Streams, subscriber, attach, client.Input, request.Aborted).ConfigureAwait(false))
        {
            // Clients ask for the exit code as soon as the output ends.
            await ExecService.WaitAsync(instance, request.Aborted).ConfigureAwait(false);
        }
    }

    private async Task StartDetachedAsync(ExecInstance instance, ApiRequest request)
    {
        try
        {
            await engine.Executions.StartAsync(instance, request.Aborted).ConfigureAwait(false);
        }
        catch (LaunchException launch)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, launch.DescribeExec(), launch);
        }
    }

    private static async Task SizeAsync(ExecInstance instance, List<int>? size, CancellationToken cancellationToken)
    {
        if (instance.Request.Tty && instance.Process is { } process && size is [> 0 and var rows, > 0 and var columns])
        {
            await process.ResizeAsync(columns, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ResizeExecAsync(ApiRequest request)
    {
        var (rows, columns) = (request.Integer("h") ?? 0, request.Integer("w") ?? 0);
        var instance = engine.Executions.Find(request.Route("id"));
        if (instance is not { IsRunning: true, Process: { } process })
        {
            throw EngineException.Conflict($"exec {instance.Id} is not running");
        }

        await process.ResizeAsync(columns, rows, request.Aborted).ConfigureAwait(false);
    }

    private Task InspectExecAsync(ApiRequest request)
    {
        var instance = engine.Executions.Find(request.Route("id"));
        var asked = instance.Request;
        return request.WriteAsync(
            new ExecInspection
            {
                ID = instance.Id,
                Running = instance.IsRunning,
                ExitCode = instance.ExitCode,
                ProcessConfig = new ExecProcessConfig
                {
                    Tty = asked.Tty,
                    Entrypoint = asked.Cmd![0],
                    Arguments = [.. asked.Cmd.Skip(1)],
                    User = asked.User is { Length: > 0 } user ? user : null,
                },
                OpenStdin = asked.AttachStdin,
                OpenStderr = asked.AttachStderr,
                OpenStdout = asked.AttachStdout,
                CanRemove = !instance.IsRunning && instance.WasStarted,
                ContainerID = instance.Container.Id,
                DetachKeys = asked.DetachKeys ?? "",
            },
            EngineJson.Wire.ExecInspection);
    }
}
