using System.Globalization;

namespace Vic.Vim25;

/// <summary>Reads performance counters by their names, many entities in one call.</summary>
/// <param name="client">A session that is logged in.</param>
public sealed class PerformanceReader(VimClient client)
{
    /// <summary>The interval of current values, in seconds.</summary>
    public const int RealTime = 20;

    /// <summary>Counters times entities in one call: the default of vCenter's limit <c>config.vpxd.stats.maxQueryMetrics</c>.</summary>
    private const int MetricsInOneCall = 64;

    private Dictionary<int, PerfCounterInfo>? _counters;

    /// <summary>Reads the last samples of counters.</summary>
    /// <param name="entities">Hosts, VMs, pools ...</param>
    /// <param name="counters">Names such as <c>cpu.usage.average</c>.</param>
    /// <param name="samples">How many samples of each at most.</param>
    /// <param name="interval">Seconds between two samples: <see cref="RealTime"/>, or one of the server's historical intervals.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The series that the server has; an entity that is off has none.</returns>
    /// <exception cref="ArgumentException">The server has no counter of such a name.</exception>
    /// <exception cref="VimFaultException">An entity does not exist.</exception>
    public async Task<IReadOnlyList<PerformanceSeries>> ReadAsync(
        IReadOnlyCollection<ManagedObjectReference> entities,
        IReadOnlyList<string> counters,
        int samples = 1,
        int interval = RealTime,
        CancellationToken cancellationToken = default)
    {
        ManagedObjectReference manager = client.Content.PerfManager ?? throw new VimConnectionException(client.Server, $"{client.Server.Host} has no performance counters.");
        Dictionary<int, PerfCounterInfo> known = _counters ??= await ReadCountersAsync(manager, cancellationToken).ConfigureAwait(false);
        List<PerfMetricId> metrics = [.. counters.Select(name => new PerfMetricId { CounterId = Find(known, name), Instance = "" })];
        var found = new List<PerformanceSeries>();
        int page = Math.Max(1, MetricsInOneCall / Math.Max(1, metrics.Count));
        List<ManagedObjectReference> rest = [.. entities];
        for (int first = 0; first < rest.Count; first += page)
        {
            List<PerfEntityMetricBase>? answer = await client.InvokeAsync(
                new QueryPerfRequest
                {
                    This = manager,
                    QuerySpec =
                    [
                        .. rest.Skip(first).Take(page).Select(entity => new PerfQuerySpec
                        {
                            Entity = entity,
                            MaxSample = samples,
                            MetricId = metrics,
                            IntervalId = interval,
                            Format = "csv",
                        }),
                    ],
                },
                cancellationToken).ConfigureAwait(false);
            found.AddRange((answer ?? []).SelectMany(metric => ToSeries(known, metric)));
        }

        return found;
    }

    private async Task<Dictionary<int, PerfCounterInfo>> ReadCountersAsync(ManagedObjectReference manager, CancellationToken cancellationToken) =>
        (await client.GetPropertyAsync<List<PerfCounterInfo>>(manager, "perfCounter", cancellationToken).ConfigureAwait(false) ?? [])
            .ToDictionary(counter => counter.Key);

    private static int Find(Dictionary<int, PerfCounterInfo> known, string name) =>
        known.Values.FirstOrDefault(counter => NameOf(counter) == name)?.Key
        ?? throw new ArgumentException($"The server has no counter '{name}'. A name is group.counter.rollup, for example cpu.usage.average.", nameof(name));

    private static string NameOf(PerfCounterInfo counter) =>
        counter.RollupType == PerfSummaryType.Unknown ? "" : $"{counter.GroupInfo.Key}.{counter.NameInfo.Key}.{counter.RollupType.ToWireText()}";

    /// <summary>A server may answer in either format, whatever it was asked for.</summary>
    private static IEnumerable<PerformanceSeries> ToSeries(Dictionary<int, PerfCounterInfo> known, PerfEntityMetricBase metric) => metric switch
    {
        PerfEntityMetricCSV packed => (packed.Value ?? []).Select(series =>
            Series(known, metric.Entity, series.Id, Times(packed.SampleInfoCSV), Values(series.Value ?? ""))),
        PerfEntityMetric plain => (plain.Value ?? []).OfType<PerfMetricIntSeries>().Select(series =>
            Series(known, metric.Entity, series.Id, (plain.SampleInfo ?? []).Select(info => info.Timestamp), series.Value ?? [])),
        _ => [],
    };

    private static PerformanceSeries Series(
        Dictionary<int, PerfCounterInfo> known, ManagedObjectReference entity, PerfMetricId id, IEnumerable<DateTime> times, IEnumerable<long> values)
    {
        PerfCounterInfo? counter = known.TryGetValue(id.CounterId, out PerfCounterInfo? found) ? found : null;
        return new PerformanceSeries(
            entity,
            counter is null ? "" : NameOf(counter),
            id.Instance,
            counter?.UnitInfo.Key ?? "",
            [.. times.Zip(values, (time, value) => new PerformanceSample(time, value))]);
    }

    /// <summary>Interval and time in turn: <c>20,2024-02-29T12:00:00Z,20,2024-02-29T12:00:20Z</c>.</summary>
    private static IEnumerable<DateTime> Times(string csv) => csv.Split(',').Where((_, index) => index % 2 == 1).Select(text =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : throw new VimProtocolException($"'{text}' is no time of a sample"));

    private static IEnumerable<long> Values(string csv) => csv.Length == 0 ? [] : csv.Split(',').Select(text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new VimProtocolException($"'{text}' is no value of a sample"));
}
