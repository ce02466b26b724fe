using Vic.Endpoint.Errors;
using Vic.Endpoint.Images;
using Vic.Endpoint.Images.Pulls;
using Vic.Oci.Registry;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Registries;
using ServerOptions = Vic.Testing.Registries.RegistryOptions;

namespace Vic.Endpoint.Tests.Images;

public sealed class ImageStoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryKeyValueStore _state = new();
    private readonly ListedUsage _usage = new();
    private readonly DirectoryLayerDisks _disks;
    private RegistryServer _registry = null!;
    private ImageStore _store = null!;

    public ImageStoreTests() => _disks = new DirectoryLayerDisks(_folder["layers"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = await RegistryServer.StartAsync(new ServerOptions(), Cancellation);
        _store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pull_says_what_docker_says()
    {
        var image = await PushAsync("library/app", "latest", "one", "two");
        var (first, second) = (Short(image.LayerDigests[0]), Short(image.LayerDigests[1]));

        var lines = await PullAsync("app");

        Assert.Equal("latest: Pulling from library/app", lines[0]);
        Assert.Equal([$"{first}: Pulling fs layer", $"{second}: Pulling fs layer"], lines[1..3]);
        foreach (var id in new[] { first, second })
        {
            var own = lines.Where(line => line.StartsWith(id, StringComparison.Ordinal)).Select(line => line[(id.Length + 2)..]).Distinct();
            Assert.Equal(["Pulling fs layer", "Downloading", "Verifying Checksum", "Download complete", "Extracting", "Pull complete"], own);
        }

        Assert.Equal([$"Digest: {image.ManifestDigest}", "Status: Downloaded newer image for app:latest"], lines[^2..]);
        Assert.Equal(
            ["latest: Pulling from library/app", $"Digest: {image.ManifestDigest}", "Status: Image is up to date for app:latest"], await PullAsync("app"));
    }

    [Fact]
    public async Task An_image_is_found_by_every_name_it_has()
    {
        var image = await PushAsync("library/app", "latest", "one", "two");
        await PullAsync("app");

        foreach (var name in new[] { "app", "app:latest", "docker.io/library/app", image.Id, image.Id[7..], image.Id[7..19], $"app@{image.ManifestDigest}" })
        {
            var found = await _store.FindAsync(name, Cancellation);
            Assert.Equal(image.Id, found?.Id);
            Assert.Equal(["app:latest"], found!.Tags);
            Assert.Equal([$"app@{image.ManifestDigest}"], found.Digests);
            Assert.Equal(6, found.Size);
            Assert.Equal("tests", found.Configuration.Labels["maker"]);
            Assert.Equal([3, 3], found.History.Select(step => step.Size));
            Assert.Equal($"[test] {found.LayerId}", found.DiskPath);
        }

        Assert.Null(await _store.FindAsync("nothing", Cancellation));
    }

    [Fact]
    public async Task Images_share_layers_and_each_is_written_once()
    {
        var first = await PushAsync("library/first", "latest", "base", "one");
        await PushAsync("library/second", "latest", "base", "two");

        await Task.WhenAll(PullAsync("first"), PullAsync("second"), PullAsync("first"), PullAsync("second"));

        Assert.Equal(3, _disks.Written.Count);
        Assert.Equal(3, _disks.Written.Distinct().Count());
        await PushAsync("library/third", "latest", "base", "three");
        Assert.Contains($"{Short(first.LayerDigests[0])}: Already exists", await PullAsync("third"));
    }

    [Fact]
    public async Task A_removal_names_what_went_and_keeps_what_others_need()
    {
        var first = await PushAsync("library/first", "latest", "base", "one");
        await PushAsync("library/second", "latest", "base", "two");
        await PullAsync("first");
        await PullAsync("second");
        await _store.TagAsync("first", "renamed", "v1", Cancellation);

        Assert.Equal(["Untagged: first:latest", $"Untagged: first@{first.ManifestDigest}"], await RemoveAsync("first"));
        var gone = await RemoveAsync("renamed:v1");

        Assert.Equal(["Untagged: renamed:v1", $"Deleted: {first.Id}"], gone[..2]);
        Assert.Single(gone[2..]);
        Assert.Equal(2, _disks.Present.Count());
        Assert.Equal(4, (await RemoveAsync("second")).Count - 1);
        Assert.Empty(_disks.Present);
        Assert.Equal("No such image: first:latest", (await RefusedAsync(EngineErrorKind.NotFound, () => RemoveAsync("first"))).Message);
    }

    [Fact]
    public async Task An_image_in_use_stays()
    {
        var image = await PushAsync("library/app", "latest", "one");
        await PullAsync("app");
        var container = new string('c', 64);
        var id = image.Id[7..19];
        _usage.Users[image.Id] = [new ImageUser(container, "app", IsRunning: true)];

        Assert.Equal(
            $"conflict: unable to remove repository reference \"app\" (must force) - container cccccccccccc is using its referenced image {id}",
            (await RefusedAsync(EngineErrorKind.Conflict, () => RemoveAsync("app"))).Message);
        Assert.Equal(
            $"conflict: unable to delete {id} (cannot be forced) - image is being used by running container cccccccccccc",
            (await RefusedAsync(EngineErrorKind.Conflict, () => RemoveAsync(image.Id, force: true))).Message);

        // By its name it loses the name, and stays.
        Assert.DoesNotContain(await RemoveAsync("app", force: true), line => line.StartsWith("Deleted", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(await _store.ListAsync(Cancellation)).Tags);

        _usage.Users[image.Id] = [new ImageUser(container, "app", IsRunning: false)];
        Assert.Contains($"Deleted: {image.Id}", await RemoveAsync(image.Id, force: true));
        Assert.Null(await _store.FindAsync("app", Cancellation));
        Assert.Single(_disks.Present);

        // The container's disk stood on the layer; with the container gone, the next removal takes it away.
        _usage.Users.Clear();
        await PushAsync("library/other", "latest", "two");
        await PullAsync("other");
        await RemoveAsync("other");
        Assert.Empty(_disks.Present);
    }

    [Fact]
    public async Task A_restart_finds_everything_again_and_clears_what_no_image_has()
    {
        var image = await PushAsync("library/app", "latest", "one", "two");
        await PullAsync("app");
        Directory.CreateDirectory(_disks.DirectoryOf(new string('a', 64)));
        _store.Dispose();

        _store = await OpenAsync();

        Assert.Equal(image.Id, Assert.Single(await _store.ListAsync(Cancellation)).Id);
        Assert.Equal(2, _disks.Present.Count());
        Assert.Equal("Status: Image is up to date for app:latest", (await PullAsync("app"))[^1]);
    }

    [Fact]
    public async Task A_cancelled_pull_leaves_nothing()
    {
        await PushAsync("library/app", "latest", "one", "two", "three");
        using var cancellation = new CancellationTokenSource();
        var progress = new RecordedProgress(line =>
        {
            if (line.EndsWith(": Pull complete", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        });

        try
        {
            await _store.PullAsync(new PullRequest("app", "latest"), progress, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Empty(_disks.Present);
            Assert.Empty(await _store.ListAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Bad_images_end_with_dockers_words_and_leave_nothing()
    {
        var missing = await RefusedAsync(EngineErrorKind.NotFound, () => PullAsync($"{_registry.Host}/no/such"));
        Assert.Equal($"manifest for {_registry.Host}/no/such:latest not found: manifest unknown: manifest unknown", missing.Message);

        var image = await PushAsync("library/changed", "latest", "one", "two");
        _registry.Tamper(image.LayerDigests[1], content => [.. content[..^1], (byte)(content[^1] ^ 1)]);
        var changed = await RefusedAsync(EngineErrorKind.Internal, () => PullAsync("changed"));
        Assert.Equal($"filesystem layer verification failed for digest {image.LayerDigests[1]}", changed.Message);

        var climbing = TestImage.Build([new LayerContent().File("../../escape", "out").ToArchive()]);
        await _registry.PushAsync("library/climbing", "latest", climbing, Cancellation);
        var climbed = await RefusedAsync(EngineErrorKind.Internal, () => PullAsync("climbing"));
        Assert.Equal("failed to register layer: the path '../../escape' climbs out of the layer's root", climbed.Message);

        Assert.Equal("invalid reference format: repository name must be lowercase", (await RefusedAsync(EngineErrorKind.InvalidParameter, () => PullAsync("UPPER"))).Message);
        Assert.Empty(_disks.Present);
        Assert.Empty(await _store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_tag_moves_to_the_image_that_was_pulled_last()
    {
        var old = await PushAsync("library/app", "latest", "old");
        await PullAsync("app");
        var young = await PushAsync("library/app", "latest", "new");
        await PullAsync("app");

        Assert.Equal(young.Id, (await _store.FindAsync("app", Cancellation))?.Id);
        Assert.Empty((await _store.FindAsync(old.Id, Cancellation))!.Tags);
        Assert.Equal(2, (await _store.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task What_is_stored_counts_each_layer_once()
    {
        await PushAsync("library/one", "latest", "base", "one");
        await PushAsync("library/other", "latest", "base", "other");
        await PullAsync("one");
        await PullAsync("other");

        Assert.Equal("base".Length + "one".Length + "other".Length, _store.StoredBytes);
    }

    [Fact]
    public async Task A_registry_that_is_not_on_the_whitelist_is_not_asked()
    {
        await PushAsync("library/app", "latest", "one");
        _store.Dispose();
        _store = await OpenAsync("*.example.org");

        var refused = await RefusedAsync(EngineErrorKind.Forbidden, () => PullAsync("app"));
        _store.Dispose();
        _store = await OpenAsync("registry-1.docker.io");

        Assert.Equal("Access denied to unauthorized registry (docker.io) while the virtual container host is in whitelist mode", refused.Message);
        Assert.StartsWith("Status: Downloaded", (await PullAsync("app"))[^1], StringComparison.Ordinal);
    }

    private static string Short(string digest) => digest["sha256:".Length..][..12];

    private static async Task<EngineException> RefusedAsync(EngineErrorKind kind, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<EngineException>(action);
        Assert.Equal(kind, error.Kind);
        return error;
    }

    private async Task<ImageStore> OpenAsync(params string[] whitelist)
    {
        var registry = new RegistryClient(new Oci.Registry.RegistryOptions
        {
            InsecureRegistries = ["127.0.0.0/8"],
            Mirrors = [new Uri($"http://{_registry.Host}")],
            RetryDelay = TimeSpan.Zero,
        });
        return await ImageStore.OpenAsync(_disks, _state, registry, new ImageStoreOptions { SpoolFolder = _folder["spool"], Whitelist = new RegistryWhitelist(whitelist, []) }, Cancellation);
    }

    private async Task<TestImage> PushAsync(string repository, string tag, params string[] layers)
    {
        var image = TestImage.Build([.. layers.Select(layer => new LayerContent().File(layer, layer).ToArchive())]);
        await _registry.PushAsync(repository, tag, image, Cancellation);
        return image;
    }

    private async Task<List<string>> PullAsync(string repository)
    {
        var progress = new RecordedProgress();
        await _store.PullAsync(new PullRequest(repository, "latest"), progress, Cancellation);
        return progress.Lines;
    }

    private async Task<List<string>> RemoveAsync(string reference, bool force = false) =>
        [.. (await _store.RemoveAsync(reference, force, pruneParents: true, _usage, Cancellation))
            .Select(removal => removal.Untagged is null ? $"Deleted: {removal.Deleted}" : $"Untagged: {removal.Untagged}")];
}
