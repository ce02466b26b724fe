using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Performance counters, from a vCenter that other people wrote and from one that answers in the other format.</summary>
public sealed class PerformanceReaderTests(SimulatorServer server) : IClassFixture<SimulatorServer>
{
    private static readonly ManagedObjectReference Manager = new("PerformanceManager", "PerfMgr");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_of_all_hosts_are_read_by_their_names()
    {
        using VimClient client = await server.LoginAsync(Token);
        List<ObjectProperties> hosts = await client.RetrieveAllAsync("HostSystem", ["name"], cancellationToken: Token);
        var performance = new PerformanceReader(client);

        IReadOnlyList<PerformanceSeries> series = await performance.ReadAsync(
            [.. hosts.Select(host => host.Reference)], ["cpu.usage.average", "mem.usage.average"], samples: 2, cancellationToken: Token);

        Assert.All(hosts, host =>
        {
            PerformanceSeries cpu = series.First(item => item.Entity == host.Reference && item.Counter == "cpu.usage.average");
            Assert.Equal("percent", cpu.Unit);
            Assert.InRange(cpu.Samples.Count, 1, 2);
        });
        await Assert.ThrowsAsync<ArgumentException>(() => performance.ReadAsync([hosts[0].Reference], ["cpu.coffee.average"], cancellationToken: Token));
    }

    [Fact]
    public async Task Packed_samples_are_read_and_sixty_four_entities_go_into_one_call()
    {
        int queries = 0;
        await using var vcenter = new ScriptedServer(request =>
        {
            if (request.Contains("<QueryPerf ", StringComparison.Ordinal))
            {
                queries++;
                return SoapResponseWriter.Result(new QueryPerfRequest(), Packed(request));
            }

            return request.Contains("<RetrievePropertiesEx ", StringComparison.Ordinal)
                ? SoapResponseWriter.Result(new RetrievePropertiesExRequest(), Counters())
                : ScriptedServer.Connect(request, new ServiceContent { PerfManager = Manager });
        });
        using VimClient client = await VimClient.ConnectAsync(new VimClientOptions(vcenter.Address), Token);

        IReadOnlyList<PerformanceSeries> series = await new PerformanceReader(client).ReadAsync(
            [.. Enumerable.Range(0, 65).Select(number => new ManagedObjectReference("VirtualMachine", $"vm-{number}"))], ["cpu.usage.average"], 2, cancellationToken: Token);

        Assert.Equal(2, queries);
        Assert.Equal(65, series.Count);
        Assert.Equal(
            [
                new PerformanceSample(new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc), 125),
                new PerformanceSample(new DateTime(2024, 2, 29, 12, 0, 20, DateTimeKind.Utc), -1),
            ],
            series[64].Samples);
        Assert.Equal(("cpu.usage.average", "percent", "vm-64"), (series[64].Counter, series[64].Unit, series[64].Entity.Value));
    }

    private static RetrieveResult Counters() => new()
    {
        Objects =
        [
            new ObjectContent
            {
                Obj = Manager,
                PropSet =
                [
                    new DynamicProperty
                    {
                        Name = "perfCounter",
                        Val = new List<PerfCounterInfo>
                        {
                            new()
                            {
                                Key = 2,
                                NameInfo = new ElementDescription { Key = "usage" },
                                GroupInfo = new ElementDescription { Key = "cpu" },
                                UnitInfo = new ElementDescription { Key = "percent" },
                                RollupType = PerfSummaryType.Average,
                                StatsType = PerfStatsType.Rate,
                            },
                        },
                    },
                ],
            },
        ],
    };

    private static List<PerfEntityMetricBase> Packed(string request) =>
    [
        .. System.Text.RegularExpressions.Regex.Matches(request, ">(vm-[0-9]+)<").Select(match => new PerfEntityMetricCSV
        {
            Entity = new("VirtualMachine", match.Groups[1].Value),
            SampleInfoCSV = "20,2024-02-29T12:00:00Z,20,2024-02-29T12:00:20Z",
            Value = [new PerfMetricSeriesCSV { Id = new PerfMetricId { CounterId = 2, Instance = "" }, Value = "125,-1" }],
        }),
    ];
}
