using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Events;

namespace Vic.Endpoint.Api.Routes;

/// <summary>Ping, version, info and events.</summary>
internal sealed class SystemRoutes(Engine engine)
{
    public void AddTo(RouteTable routes) => routes
        .Add("GET /_ping", PingAsync)
        .Add("HEAD /_ping", PingAsync)
        .Add("GET /version", VersionAsync)
        .Add("GET /info", InfoAsync)
        .Add("GET /events", EventsAsync);

    private static async Task PingAsync(ApiRequest request)
    {
        var response = request.Http.Response;
        response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        response.Headers.Pragma = "no-cache";
        response.Headers["Docker-Experimental"] = "false";
        response.ContentType = "text/plain; charset=utf-8";
        if (HttpMethods.IsGet(request.Http.Request.Method))
        {
            response.ContentLength = 2;
            await response.WriteAsync("OK", request.Aborted).ConfigureAwait(false);
        }
    }

    private static Task VersionAsync(ApiRequest request)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApiVersion"] = ApiVersion.Newest.ToString(),
            ["Arch"] = "amd64",
            ["Experimental"] = "false",
            ["GitCommit"] = ProductVersion.Commit,
            ["GoVersion"] = RuntimeInformation.FrameworkDescription,
            ["KernelVersion"] = Kernel(),
            ["MinAPIVersion"] = ApiVersion.Oldest.ToString(),
            ["Os"] = "linux",
        };
        return request.WriteAsync(
            new VersionResponse
            {
                Platform = new PlatformName { Name = ProductVersion.Product },
                Components = [new VersionComponent { Name = "Engine", Version = ProductVersion.Number, Details = details }],
                Version = ProductVersion.Number,
                ApiVersion = ApiVersion.Newest.ToString(),
                MinAPIVersion = ApiVersion.Oldest.ToString(),
                GitCommit = ProductVersion.Commit,
                GoVersion = RuntimeInformation.FrameworkDescription,
                KernelVersion = Kernel(),
            },
            EngineJson.Wire.VersionResponse);
    }

    private async Task InfoAsync(ApiRequest request)
    {
        var facts = await engine.Host.DescribeAsync(request.Aborted).ConfigureAwait(false);
        var images = await engine.Images.ListAsync(request.Aborted).ConfigureAwait(false);
        var containers = engine.Containers.Catalog.All();
        var running = containers.Count(container => container.State.IsRunning);
        var limits = engine.Identity.Limits;
        await request.WriteAsync(
            new InfoResponse
            {
                ID = engine.Identity.Id,
                Name = engine.Identity.Name,
                Containers = containers.Count,
                ContainersRunning = running,
                ContainersStopped = containers.Count - running,
                Images = images.Count,
                Driver = "vsphere",
                DriverStatus =
                [
                    ["Platform", facts.Product],
                    ["Image store", engine.Identity.ImageStore],
                    ["VolumeStores", string.Join(' ', engine.Identity.VolumeStores)],
                    ["Container networks", string.Join(' ', engine.Identity.ContainerNetworks)],
                    ["vSphere", "RUNNING"],
                    ["VCH CPU limit", string.Create(CultureInfo.InvariantCulture, $"{facts.CpuMegahertz} MHz")],
                    ["VCH memory limit", string.Create(CultureInfo.InvariantCulture, $"{facts.MemoryBytes / (1024 * 1024)} MiB")],
                    ["VCH storage quota", limits.StorageBytes == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{limits.StorageBytes >> 30} GiB")],
                    ["VCH container limit", limits.Containers == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{limits.Containers}")],
                ],
                Plugins = new PluginNames { Network = ["bridge", "null"], Log = ["json-file"] },
                MemoryLimit = true,
                CPUSet = true,
                IPv4Forwarding = true,
                SystemTime = ContainerView.Time(DateTimeOffset.UtcNow),
                Debug = engine.Identity.IsDebug,
                HttpProxy = engine.Identity.HttpProxy,
                HttpsProxy = engine.Identity.HttpsProxy,
                NoProxy = engine.Identity.NoProxy,
                NEventsListener = engine.Events.Watchers,
                KernelVersion = Kernel(),
                OperatingSystem = $"{ProductVersion.Product} {ProductVersion.Number}",
                OSVersion = ProductVersion.Number,
                RegistryConfig = new RegistryServiceConfig
                {
                    IndexConfigs = Registries(),
                },
                NCPU = facts.Processors,
                MemTotal = facts.MemoryBytes,
                DockerRootDir = engine.Identity.ImageStore,
                ServerVersion = ProductVersion.Number,
                Runtimes = { ["vic"] = new RuntimeInfo { Path = "vic" } },
            },
            EngineJson.Wire.InfoResponse).ConfigureAwait(false);
    }

    private SortedDictionary<string, RegistryIndex> Registries()
    {
        var registries = new SortedDictionary<string, RegistryIndex>(StringComparer.Ordinal)
        {
            ["docker.io"] = new() { Name = "docker.io", Secure = true, Official = true },
        };
        foreach (var insecure in engine.Identity.InsecureRegistries)
        {
            registries[insecure] = new RegistryIndex { Name = insecure };
        }

        return registries;
    }

    private async Task EventsAsync(ApiRequest request)
    {
        var filters = FilterSet.Parse(request.Query("filters"));
        filters.Validate("type", "event", "container", "image", "label", "network", "volume", "daemon", "scope");
        var until = UnixTime.Parse(request.Query("until"));
        using var feed = engine.Events.Watch(UnixTime.Parse(request.Query("since")));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        if (until is { } time)
        {
            var left = time - DateTimeOffset.UtcNow;
            end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        }

        var stream = await request.StartStreamAsync("application/json").ConfigureAwait(false);
        try
        {
            do
            {
                // The past is told whole, even when the end that the client asked for has come already.
                while (feed.Events.TryRead(out var happened))
                {
                    if (until < happened.Time || !Matches(happened, filters))
                    {
                        continue;
                    }

                    var line = JsonSerializer.SerializeToUtf8Bytes(View(happened), EngineJson.Wire.EventMessage);
                    await stream.WriteAsync((byte[])[.. line, (byte)'\n'], request.Aborted).ConfigureAwait(false);
                    await stream.FlushAsync(request.Aborted).ConfigureAwait(false);
                }
            }
            while (await feed.Events.WaitToReadAsync(end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            // The time that the client asked for has come.
        }
    }

    private static bool Matches(EngineEvent happened, FilterSet filters)
    {
        bool Any(string filter, Func<string, bool> matches) => filters[filter].Count == 0 || filters[filter].Any(matches);
        string Fact(string name) => happened.Attributes.GetValueOrDefault(name, "");
        return Any("type", type => happened.Type == type)
            && Any("event", action => happened.Action == action || happened.Action.StartsWith(action + ":", StringComparison.Ordinal))
            && Any("container", name => happened.Type == "container" && (Fact("name") == name || happened.Id.StartsWith(name, StringComparison.Ordinal)))
            && Any("image", name => Fact("image") == name || (happened.Type == "image" && (happened.Id == name || Fact("name") == name)))
            && Any("network", name => happened.Type == "network" && (happened.Id == name || Fact("name") == name))
            && filters.MatchesLabels(happened.Attributes);
    }

    private static EventMessage View(EngineEvent happened) => new()
    {
        Status = happened.Type is "container" or "image" ? happened.Action : null,
        Id = happened.Type is "container" or "image" ? happened.Id : null,
        From = happened.Type == "container" ? happened.Attributes.GetValueOrDefault("image") : null,
        Type = happened.Type,
        Action = happened.Action,
        Actor = new ActorView { ID = happened.Id, Attributes = new SortedDictionary<string, string>(happened.Attributes.ToDictionary(), StringComparer.Ordinal) },
        Time = happened.Time.ToUnixTimeSeconds(),
        TimeNano = (happened.Time - DateTimeOffset.UnixEpoch).Ticks * 100,
    };

    private static string Kernel() => Environment.OSVersion.Version.ToString();
}
