using System.Globalization;
using System.Text.Json;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Containers.Creation;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api.Routes;

/// <summary>
/// Containers and what happens to them; their streams are in <see cref="StreamRoutes"/>. What a client began goes on when it leaves,
/// as docker's daemon has it: an interrupted <c>docker run</c> leaves a container that runs, not one that is half started.
/// </summary>
internal sealed class ContainerRoutes(Engine engine)
{
    private ContainerService Containers => engine.Containers;

    public void AddTo(RouteTable routes) => routes
        .Add("GET /containers/json", ListAsync)
        .Add("POST /containers/create", CreateAsync)
        .Add("GET /containers/{id}/json", InspectAsync)
        .Add("POST /containers/{id}/start", StartAsync)
        .Add("POST /containers/{id}/stop", StopAsync)
        .Add("POST /containers/{id}/restart", RestartAsync)
        .Add("POST /containers/{id}/kill", KillAsync)
        .Add("POST /containers/{id}/rename", RenameAsync)
        .Add("POST /containers/{id}/resize", ResizeAsync)
        .Add("POST /containers/{id}/wait", WaitAsync)
        .Add("DELETE /containers/{id}", RemoveAsync);

    private async Task ListAsync(ApiRequest request)
    {
        var filters = FilterSet.Parse(request.Query("filters"));
        var ancestors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ancestor in filters["ancestor"])
        {
            if (await engine.Images.FindAsync(ancestor, request.Aborted).ConfigureAwait(false) is { } image)
            {
                ancestors.Add(image.Id);
            }
        }

        var found = new ContainerFilter(filters, ancestors, Containers.Catalog).Apply(request.Flag("all"), request.Integer("limit"));
        var summaries = new List<ContainerSummary>();
        var names = new Dictionary<(string Reference, string ImageId), bool>();
        foreach (var container in found)
        {
            var key = (container.Record.Config.Image, container.Record.ImageId);
            if (!names.TryGetValue(key, out var current))
            {
                var image = await engine.Images.FindAsync(key.Item1, request.Aborted).ConfigureAwait(false);
                current = names[key] = image?.Id == key.ImageId;
            }

            var size = request.Flag("size")
                ? (await engine.Images.FindAsync(key.ImageId, request.Aborted).ConfigureAwait(false))?.Size
                : null;
            summaries.Add(ContainerView.Summarize(container, engine.Bridge.Id, current) with { SizeRootFs = size });
        }

        await request.WriteAsync(summaries, EngineJson.Wire.ListContainerSummary).ConfigureAwait(false);
    }

    private async Task CreateAsync(ApiRequest request)
    {
        using var body = await request.ReadDocumentAsync().ConfigureAwait(false);
        var warnings = CreateBodyChecker.Check(body.RootElement);
        if (request.Query("platform") is { Length: > 0 } platform && platform is not ("linux" or "linux/amd64"))
        {
            // With "not found" clients would pull the image and ask again.
            throw EngineException.InvalidParameter($"--platform {platform} is not supported: this virtual container host runs linux/amd64.");
        }

        var (config, host) = Read(body.RootElement);
        var (container, more) = await Containers.CreateAsync(request.Query("name").TrimStart('/'), config, host, request.Aborted).ConfigureAwait(false);
        await request.WriteAsync(
            new ContainerCreated { Id = container.Id, Warnings = [.. warnings, .. more] },
            EngineJson.Wire.ContainerCreated,
            StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private static (ContainerConfig Config, HostConfig Host) Read(JsonElement body)
    {
        try
        {
            var config = body.Deserialize(EngineJson.Wire.ContainerConfig) ?? new ContainerConfig();
            var host = body.EnumerateObject().FirstOrDefault(field => field.Name.Equals("HostConfig", StringComparison.OrdinalIgnoreCase)).Value;
            return (Normalize(config), host.ValueKind == JsonValueKind.Object ? Normalize(host.Deserialize(EngineJson.Wire.HostConfig)!) : new HostConfig());
        }
        catch (JsonException malformed)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, $"invalid JSON: {malformed.Message}", malformed);
        }
    }

    /// <summary>A null or absent text is the empty one.</summary>
    private static ContainerConfig Normalize(ContainerConfig config) => config with
    {
        Hostname = config.Hostname ?? "",
        Domainname = config.Domainname ?? "",
        User = config.User ?? "",
        Image = config.Image ?? "",
        WorkingDir = config.WorkingDir ?? "",
    };

    /// <summary>What clients send for "not set" becomes what docker shows for it.</summary>
    private static HostConfig Normalize(HostConfig host) => host with
    {
        NetworkMode = string.IsNullOrEmpty(host.NetworkMode) ? "default" : host.NetworkMode,
        LogConfig = new LogConfig(),
        RestartPolicy = new RestartPolicy(),
        CgroupnsMode = "private",
        IpcMode = string.IsNullOrEmpty(host.IpcMode) ? "private" : host.IpcMode,
        ShmSize = host.ShmSize == 0 ? 64 * 1024 * 1024 : host.ShmSize,
        Runtime = "vic",
        CpusetCpus = host.CpusetCpus ?? "",
        Dns = host.Dns ?? [],
        DnsOptions = host.DnsOptions ?? [],
        DnsSearch = host.DnsSearch ?? [],
        ConsoleSize = host.ConsoleSize ?? [0, 0],
        MemorySwappiness = null,
        PidsLimit = null,
        MaskedPaths = host.MaskedPaths ?? [],
        ReadonlyPaths = host.ReadonlyPaths ?? [],
    };

    private Task InspectAsync(ApiRequest request)
    {
        var container = Find(request);
        return request.WriteAsync(
            ContainerView.Inspect(container, engine.Bridge.Id, engine.Executions.IdsOf(container)), EngineJson.Wire.ContainerInspection);
    }

    private async Task StartAsync(ApiRequest request)
    {
        if (request.Query("checkpoint").Length > 0)
        {
            throw EngineException.NotImplemented("Checkpoints are not supported by this virtual container host.");
        }

        var started = await Containers.Runner.StartAsync(Find(request), CancellationToken.None).ConfigureAwait(false);
        await request.WriteStatusAsync(started ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified).ConfigureAwait(false);
    }

    private async Task StopAsync(ApiRequest request)
    {
        var stopped = await Containers.Runner
            .StopAsync(Find(request), request.Integer("t"), request.Query("signal"), CancellationToken.None).ConfigureAwait(false);
        await request.WriteStatusAsync(stopped ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified).ConfigureAwait(false);
    }

    private async Task RestartAsync(ApiRequest request)
    {
        var container = Find(request);
        await Containers.Runner.StopAsync(container, request.Integer("t"), request.Query("signal"), CancellationToken.None).ConfigureAwait(false);
        await Containers.Runner.StartAsync(container, CancellationToken.None).ConfigureAwait(false);
        Containers.Events.Publish(container, "restart");
        await request.WriteStatusAsync(StatusCodes.Status204NoContent).ConfigureAwait(false);
    }

    private async Task KillAsync(ApiRequest request)
    {
        var signal = request.Query("signal") is { Length: > 0 } asked ? Signals.Parse(asked) : Signals.Kill;
        try
        {
            await Containers.Runner.KillAsync(Find(request), signal, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineException refused)
        {
            throw new EngineException(refused.Kind, $"Cannot kill container: {request.Route("id")}: {refused.Message}", refused);
        }

        await request.WriteStatusAsync(StatusCodes.Status204NoContent).ConfigureAwait(false);
    }

    private async Task RenameAsync(ApiRequest request)
    {
        await Containers.RenameAsync(Find(request), request.Query("name"), request.Aborted).ConfigureAwait(false);
        await request.WriteStatusAsync(StatusCodes.Status204NoContent).ConfigureAwait(false);
    }

    private async Task ResizeAsync(ApiRequest request)
    {
        var (rows, columns) = (request.Integer("h") ?? 0, request.Integer("w") ?? 0);
        var container = Find(request);
        await container.RequireSession().Main.ResizeAsync(columns, rows, request.Aborted).ConfigureAwait(false);
        Containers.Events.Publish(
            container, "resize",
            ("height", rows.ToString(CultureInfo.InvariantCulture)), ("width", columns.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task WaitAsync(ApiRequest request)
    {
        var container = Find(request);
        var condition = request.Query("condition");
        var exit = container.NextExit;
        var state = container.State;
        if (condition is not ("" or "not-running" or "next-exit" or "removed"))
        {
            throw EngineException.InvalidParameter($"invalid condition: \"{condition}\"");
        }

        // docker run starts the container only after these headers have come.
        var stream = await request.StartStreamAsync("application/json").ConfigureAwait(false);
        int code;
        if (condition == "removed")
        {
            await container.Removed.WaitAsync(request.Aborted).ConfigureAwait(false);
            code = container.State.ExitCode;
        }
        else if (condition == "next-exit" || state.IsRunning)
        {
            await Task.WhenAny(exit, container.Removed).WaitAsync(request.Aborted).ConfigureAwait(false);
            code = exit.IsCompletedSuccessfully ? await exit.ConfigureAwait(false) : container.State.ExitCode;
        }
        else
        {
            code = state.ExitCode;
        }

        await JsonSerializer.SerializeAsync(stream, new WaitResponse { StatusCode = code }, EngineJson.Wire.WaitResponse, request.Aborted).ConfigureAwait(false);
        await stream.WriteAsync("\n"u8.ToArray(), request.Aborted).ConfigureAwait(false);
    }

    private async Task RemoveAsync(ApiRequest request)
    {
        var container = Find(request);
        if (request.Flag("link"))
        {
            throw EngineException.InvalidParameter("--link is not supported: containers of this virtual container host have no links.");
        }

        await Containers.RemoveAsync(container, request.Flag("force"), CancellationToken.None).ConfigureAwait(false);
        await request.WriteStatusAsync(StatusCodes.Status204NoContent).ConfigureAwait(false);
    }

    private Container Find(ApiRequest request) => Containers.Catalog.Find(request.Route("id"));
}
