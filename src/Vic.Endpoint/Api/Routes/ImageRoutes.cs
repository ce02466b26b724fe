using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Events;
using Vic.Endpoint.Images;

namespace Vic.Endpoint.Api.Routes;

/// <summary>Images: list, pull, inspect, tag, remove.</summary>
internal sealed class ImageRoutes(Engine engine)
{
    private static readonly ApiVersion WithoutVirtualSize = new(1, 44);

    public void AddTo(RouteTable routes) => routes
        .Add("GET /images/json", ListAsync)
        .Add("POST /images/create", PullAsync)
        .Add("GET /images/{name*}/json", InspectAsync)
        .Add("GET /images/{name*}/history", HistoryAsync)
        .Add("POST /images/{name*}/tag", TagAsync)
        .Add("DELETE /images/{name*}", RemoveAsync);

    private async Task ListAsync(ApiRequest request)
    {
        var filters = FilterSet.Parse(request.Query("filters"));
        filters.Validate("dangling", "label", "before", "since", "reference");
        var images = await engine.Images.ListAsync(request.Aborted).ConfigureAwait(false);
        var before = await CreatedAsync(filters["before"], request.Aborted).ConfigureAwait(false);
        var since = await CreatedAsync(filters["since"], request.Aborted).ConfigureAwait(false);
        var found = images.Where(image =>
            (filters["dangling"].Count == 0 || filters["dangling"].Contains(image.Tags.Count == 0 ? "true" : "false"))
            && (filters["reference"].Count == 0 || filters["reference"].Any(pattern => image.Tags.Any(tag => IsLike(tag, pattern))))
            && filters.MatchesLabels(image.Configuration.Labels)
            && before.TrueForAll(time => image.Created < time)
            && since.TrueForAll(time => image.Created > time));
        await request.WriteAsync(
            found.Select(image => Summarize(image, request.Version)).ToList(), EngineJson.Wire.ListImageSummary).ConfigureAwait(false);
    }

    private async Task<List<DateTimeOffset>> CreatedAsync(IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var times = new List<DateTimeOffset>();
        foreach (var reference in references)
        {
            times.Add((await FindAsync(reference, cancellationToken).ConfigureAwait(false)).Created);
        }

        return times;
    }

    private async Task PullAsync(ApiRequest request)
    {
        if (request.Query("fromSrc").Length > 0)
        {
            throw EngineException.NotImplemented("docker import is not supported by this virtual container host.");
        }

        var (repository, tag) = Split(request.Query("fromImage"), request.Query("tag"));
        var progress = new PullStream(request);
        try
        {
            await engine.Quota.CheckAsync(request.Aborted).ConfigureAwait(false);
            await engine.Images.PullAsync(
                new PullRequest(repository, tag)
                {
                    Platform = request.Query("platform") is { Length: > 0 } platform ? platform : null,
                    Credentials = Credentials(request),
                },
                progress,
                request.Aborted).ConfigureAwait(false);
            Publish("pull", tag is null ? repository : Join(repository, tag), repository);
        }
        catch (Exception failure) when (progress.HasStarted && !request.Aborted.IsCancellationRequested)
        {
            // The status is sent already: a client that is told nothing here shows "unexpected EOF".
            await progress.FailAsync(failure.Message, request.Aborted).ConfigureAwait(false);
            if (failure is not EngineException)
            {
                throw;
            }
        }
    }

    private async Task InspectAsync(ApiRequest request)
    {
        var image = await FindAsync(request.Route("name"), request.Aborted).ConfigureAwait(false);
        var inherited = image.Configuration;
        await request.WriteAsync(
            new ImageInspection
            {
                Id = image.Id,
                RepoTags = image.Tags,
                RepoDigests = image.Digests,
                Comment = image.Comment,
                Created = ContainerView.Time(image.Created),
                Author = image.Author,
                Config = new ContainerConfig
                {
                    User = inherited.User,
                    Env = inherited.Environment.Count == 0 ? null : [.. inherited.Environment],
                    Cmd = inherited.Command?.ToList(),
                    Entrypoint = inherited.Entrypoint?.ToList(),
                    WorkingDir = inherited.WorkingDirectory,
                    Volumes = Set(inherited.Volumes),
                    ExposedPorts = Set(inherited.ExposedPorts),
                    Labels = inherited.Labels.Count == 0 ? null : new SortedDictionary<string, string>(inherited.Labels.ToDictionary(), StringComparer.Ordinal),
                    StopSignal = inherited.StopSignal.Length > 0 ? inherited.StopSignal : null,
                    Shell = inherited.Shell?.ToList(),
                    OnBuild = inherited.OnBuild?.ToList(),
                },
                Architecture = image.Architecture,
                Variant = image.Variant,
                Os = image.OperatingSystem,
                Size = image.Size,
                VirtualSize = request.Version < WithoutVirtualSize ? image.Size : null,
                GraphDriver = new DriverData { Name = "vsphere" },
                RootFS = new RootFs { Layers = image.DiffIds },
            },
            EngineJson.Wire.ImageInspection).ConfigureAwait(false);
    }

    private async Task HistoryAsync(ApiRequest request)
    {
        var image = await FindAsync(request.Route("name"), request.Aborted).ConfigureAwait(false);
        var lines = image.History.Reverse().Select((entry, index) => new ImageHistoryView
        {
            Id = index == 0 ? image.Id : "<missing>",
            Created = entry.Created.ToUnixTimeSeconds(),
            CreatedBy = entry.CreatedBy,
            Tags = index == 0 ? image.Tags : null,
            Size = entry.Size,
            Comment = entry.Comment,
        }).ToList();
        await request.WriteAsync(lines, EngineJson.Wire.ListImageHistoryView).ConfigureAwait(false);
    }

    private async Task TagAsync(ApiRequest request)
    {
        var image = await FindAsync(request.Route("name"), request.Aborted).ConfigureAwait(false);
        var (repository, tag) = Split(request.Query("repo"), request.Query("tag"));
        await engine.Images.TagAsync(image.Id, repository, tag ?? "latest", request.Aborted).ConfigureAwait(false);
        Publish("tag", image.Id, Join(repository, tag ?? "latest"));
        await request.WriteStatusAsync(StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private async Task RemoveAsync(ApiRequest request)
    {
        var removed = await engine.Images.RemoveAsync(
            request.Route("name"), request.Flag("force"), !request.Flag("noprune"), engine.Containers.Catalog, request.Aborted).ConfigureAwait(false);
        foreach (var line in removed)
        {
            Publish(line.Untagged is null ? "delete" : "untag", line.Deleted ?? line.Untagged!, line.Deleted ?? line.Untagged!);
        }

        await request.WriteAsync(
            removed.Select(line => new ImageDeletion { Untagged = line.Untagged, Deleted = line.Deleted }).ToList(),
            EngineJson.Wire.ListImageDeletion).ConfigureAwait(false);
    }

    private async Task<StoredImage> FindAsync(string reference, CancellationToken cancellationToken) =>
        await engine.Images.FindAsync(reference, cancellationToken).ConfigureAwait(false)
        ?? throw EngineException.NotFound($"No such image: {Join(reference, HasTag(reference) ? null : "latest")}");

    private void Publish(string action, string id, string name) => engine.Events.Publish(
        new EngineEvent("image", action, id, new Dictionary<string, string> { ["name"] = name }, DateTimeOffset.UtcNow));

    private static ImageSummary Summarize(StoredImage image, ApiVersion version) => new()
    {
        Created = image.Created.ToUnixTimeSeconds(),
        Id = image.Id,
        Labels = image.Configuration.Labels.Count == 0 ? null : new SortedDictionary<string, string>(image.Configuration.Labels.ToDictionary(), StringComparer.Ordinal),
        RepoDigests = image.Digests,
        RepoTags = image.Tags,
        Size = image.Size,
        VirtualSize = version < WithoutVirtualSize ? image.Size : null,
    };

    private static SortedDictionary<string, EmptyObject>? Set(IReadOnlyList<string> keys) =>
        keys.Count == 0 ? null : new SortedDictionary<string, EmptyObject>(keys.Distinct().ToDictionary(key => key, _ => new EmptyObject()), StringComparer.Ordinal);

    private static bool HasTag(string reference) =>
        reference.StartsWith("sha256:", StringComparison.Ordinal)
        || reference.Contains('@', StringComparison.Ordinal)
        || reference[(reference.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal);

    private static string Join(string repository, string? tag) =>
        tag is null ? repository : tag.Contains(':', StringComparison.Ordinal) ? $"{repository}@{tag}" : $"{repository}:{tag}";

    /// <summary>Old clients put the tag into the name.</summary>
    private static (string Repository, string? Tag) Split(string name, string tag)
    {
        if (name.Length == 0)
        {
            throw EngineException.InvalidParameter("invalid reference format");
        }

        if (tag.Length > 0 || !HasTag(name))
        {
            return (name, tag.Length > 0 ? tag : null);
        }

        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at > 0 ? (name[..at], name[(at + 1)..]) : (name[..name.LastIndexOf(':')], name[(name.LastIndexOf(':') + 1)..]);
    }

    /// <summary>A shell pattern such as <c>busy*:latest</c>; a pattern without a tag fits every tag.</summary>
    private static bool IsLike(string tag, string pattern)
    {
        var expression = "^" + Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal);
        return Regex.IsMatch(tag, expression + (HasTag(pattern) ? "$" : "(:[^/]*)?$"), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static RegistryCredentials? Credentials(ApiRequest request)
    {
        var header = request.Http.Request.Headers["X-Registry-Auth"].ToString();
        if (header.Length == 0)
        {
            return null;
        }

        try
        {
            var text = Base64Url.DecodeFromChars(header.Replace('+', '-').Replace('/', '_'));
            var auth = JsonSerializer.Deserialize(text, EngineJson.Wire.RegistryAuth);
            return auth is null || (string.IsNullOrEmpty(auth.Username) && string.IsNullOrEmpty(auth.IdentityToken) && string.IsNullOrEmpty(auth.RegistryToken))
                ? null
                : new RegistryCredentials
                {
                    UserName = auth.Username,
                    Password = auth.Password,
                    IdentityToken = string.IsNullOrEmpty(auth.IdentityToken) ? null : auth.IdentityToken,
                    RegistryToken = string.IsNullOrEmpty(auth.RegistryToken) ? null : auth.RegistryToken,
                    ServerAddress = auth.ServerAddress,
                };
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or DecoderFallbackException)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, "invalid X-Registry-Auth header", malformed);
        }
    }
}
