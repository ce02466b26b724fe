using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Performance;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>PerformanceManager: real-time figures of machines and hosts. There are no historical ones, because nobody rolls them up.</summary>
internal sealed class PerformanceOperations(LabWorld world)
{
    private const int MetricLimit = 20_000;
    private const int EntityLimit = 1000;

    public void AddTo(OperationTable table)
    {
        table.Add<QueryPerfProviderSummaryRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                var isProvider = IsProvider(world.Get<Entity>(request.Entity));
                return new PerfProviderSummary
                {
                    Entity = request.Entity,
                    CurrentSupported = isProvider,
                    SummarySupported = world.IsVCenter,
                    RefreshRate = isProvider ? UsageHistory.Interval : null,
                };
            }
        });
        table.Add<QueryAvailablePerfMetricRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return IsProvider(world.Get<Entity>(request.Entity)) && IsRealTime(request.IntervalId) ? All() : [];
            }
        });
        table.Add<QueryPerfCounterRequest, ServiceObject>((_, _, request) => request.CounterId.Select(key => Counter(key).ToDataObject()).ToList());
        table.Add<QueryPerfRequest, ServiceObject>((_, _, request) =>
        {
            if (request.QuerySpec.Count > EntityLimit || request.QuerySpec.Sum(spec => spec.MetricId?.Count ?? 1) > MetricLimit)
            {
                throw Faults.InvalidArgument("querySpec", $"Ask for at most {EntityLimit} entities at a time.");
            }

            return request.QuerySpec.Select(Query).ToList();
        });
    }

    /// <summary>PerformanceManager's <c>historicalInterval</c>: what vCenter keeps by default.</summary>
    public static List<PerfInterval> HistoricalIntervals() =>
    [
        Interval(1, 300, "Past day", 86_400),
        Interval(2, 1800, "Past week", 604_800),
        Interval(3, 7200, "Past month", 2_592_000),
        Interval(4, 86_400, "Past year", 31_536_000),
    ];

    /// <summary>PerformanceManager's <c>description</c>.</summary>
    public static PerformanceDescription Describe() => new()
    {
        CounterType = [.. new[] { PerfStatsType.Absolute, PerfStatsType.Delta, PerfStatsType.Rate }.Select(type => Element(type.ToWireText()))],
        StatsType = [.. new[] { PerfSummaryType.Average, PerfSummaryType.Latest, PerfSummaryType.Summation }.Select(type => Element(type.ToWireText()))],
    };

    private static ElementDescription Element(string key) => new() { Key = key, Label = key, Summary = key };

    private PerfEntityMetricBase Query(PerfQuerySpec spec)
    {
        var metrics = spec.MetricId is { Count: > 0 } asked ? asked : All();
        var counters = metrics.ConvertAll(metric => (Metric: metric, Counter: Counter(metric.CounterId)));
        IReadOnlyList<UsageSample> samples;
        lock (world.Store.Gate)
        {
            var entity = world.Get<Entity>(spec.Entity);
            samples = IsRealTime(spec.IntervalId)
                ? world.Usage.Read(entity, spec.StartTime ?? DateTime.UtcNow.AddHours(-1), spec.EndTime ?? DateTime.MaxValue)
                : [];
        }

        if (spec.MaxSample is { } most and > 0)
        {
            samples = [.. samples.TakeLast(most)];
        }

        // The lab measures whole machines, not their processors one by one.
        var whole = counters.Where(counter => counter.Metric.Instance is "" or "*").ToList();
        return spec.Format switch
        {
            null or "" or "normal" => new PerfEntityMetric
            {
                Entity = spec.Entity,
                SampleInfo = [.. samples.Select(sample => new PerfSampleInfo { Timestamp = sample.Time, Interval = UsageHistory.Interval })],
                Value = [.. whole.Select(counter => new PerfMetricIntSeries
                {
                    Id = Id(counter.Counter),
                    Value = [.. samples.Select(counter.Counter.Value)],
                })],
            },
            "csv" => new PerfEntityMetricCSV
            {
                Entity = spec.Entity,
                SampleInfoCSV = string.Join(',', samples.Select(sample
                    => string.Create(CultureInfo.InvariantCulture, $"{UsageHistory.Interval},{sample.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}"))),
                Value = [.. whole.Select(counter => new PerfMetricSeriesCSV
                {
                    Id = Id(counter.Counter),
                    Value = string.Join(',', samples.Select(sample => counter.Counter.Value(sample).ToString(CultureInfo.InvariantCulture))),
                })],
            },
            _ => throw Faults.InvalidArgument("querySpec.format", "A format is normal or csv."),
        };
    }

    private static bool IsProvider(Entity entity) => entity is VirtualMachineEntity or HostEntity;

    private static bool IsRealTime(int? interval) => interval is null or UsageHistory.Interval;

    private static PerformanceCounter Counter(int key)
        => PerformanceCounter.All.FirstOrDefault(counter => counter.Key == key)
            ?? throw Faults.InvalidArgument("counterId", $"There is no counter {key}: perfCounter lists them.");

    private static List<PerfMetricId> All() => [.. PerformanceCounter.All.Select(Id)];

    private static PerfMetricId Id(PerformanceCounter counter) => new() { CounterId = counter.Key, Instance = string.Empty };

    private static PerfInterval Interval(int key, int period, string name, int length)
        => new() { Key = key, SamplingPeriod = period, Name = name, Length = length, Level = 1, Enabled = true };
}
