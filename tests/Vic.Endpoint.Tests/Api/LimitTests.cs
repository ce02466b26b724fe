using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Vic.Endpoint.Api;
using Vic.Endpoint.Limits;
using Vic.Endpoint.Tests.Doubles;

namespace Vic.Endpoint.Tests.Api;

/// <summary>A VCH takes no more than its administrator allows, and says so in <c>docker info</c>.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_container_too_many_is_refused_until_another_is_gone_and_a_rename_is_no_container()
    {
        await using var engine = await TestEngine.StartAsync(identity: Identity(new EngineLimits(Containers: 2)));
        using var http = new HttpClient { BaseAddress = engine.Address };

        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(http, "one")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(http, "two")).StatusCode);
        var refused = await CreateAsync(http, "three");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("may have 2 containers", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync("/containers/one/rename?name=uno", null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.DeleteAsync("/containers/uno", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(http, "three")).StatusCode);
    }

    [Fact]
    public async Task Containers_created_at_once_share_the_limit()
    {
        await using var engine = await TestEngine.StartAsync(identity: Identity(new EngineLimits(Containers: 3)));
        using var http = new HttpClient { BaseAddress = engine.Address };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => CreateAsync(http, $"c{index}")));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(3, engine.Host.Machines.Count);
    }

    [Fact]
    public async Task A_used_up_quota_keeps_images_and_containers_out_until_something_is_gone()
    {
        var host = new InMemoryHost { StoredBytes = 1L << 30 };
        await using var engine = await TestEngine.StartAsync(host, identity: Identity(new EngineLimits(StorageBytes: 1L << 30)));
        using var http = new HttpClient { BaseAddress = engine.Address };

        var container = await CreateAsync(http, "one");
        var pull = await http.PostAsync("/images/create?fromImage=busybox&tag=latest", null, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, container.StatusCode);
        Assert.Contains("1.0 GB of 1.0 GB", await container.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, pull.StatusCode);
        host.StoredBytes = 0;
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(http, "one")).StatusCode);
    }

    [Fact]
    public async Task Docker_info_tells_limits_proxies_volume_stores_and_networks()
    {
        var identity = Identity(new EngineLimits(17, 20L << 30)) with
        {
            VolumeStores = ["default", "shared"],
            ContainerNetworks = ["db"],
            HttpProxy = "http://proxy.example.org:3128",
            NoProxy = ".example.org",
            IsDebug = true,
        };
        await using var engine = await TestEngine.StartAsync(identity: identity);
        using var http = new HttpClient { BaseAddress = engine.Address };

        var info = (await http.GetFromJsonAsync<JsonObject>("/info", Cancellation))!;

        var status = info["DriverStatus"]!.AsArray().ToDictionary(row => (string)row![0]!, row => (string)row![1]!);
        Assert.Equal(("20 GiB", "17"), (status["VCH storage quota"], status["VCH container limit"]));
        Assert.Equal(("default shared", "db"), (status["VolumeStores"], status["Container networks"]));
        Assert.Equal(("http://proxy.example.org:3128", ".example.org", true), ((string)info["HttpProxy"]!, (string)info["NoProxy"]!, (bool)info["Debug"]!));
    }

    private static EngineIdentity Identity(EngineLimits limits) => new() { Id = "vch", Name = "vch", Limits = limits };

    private static Task<HttpResponseMessage> CreateAsync(HttpClient http, string name) =>
        http.PostAsJsonAsync($"/containers/create?name={name}", new { Image = "busybox", Cmd = new[] { "true" } }, Cancellation);
}
