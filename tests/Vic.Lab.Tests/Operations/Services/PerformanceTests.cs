using Vic.Lab.Inventory;
using Vic.Lab.Performance;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

public sealed class PerformanceTests
{
    private const int CpuUsage = 2;
    private const int Uptime = 155;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_running_machine_without_a_process_is_up_and_uses_nothing(InventoryModel model)
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = model });
        var machine = await lab.CreateMachineAsync("m");
        var off = Assert.IsType<PerfEntityMetric>(Assert.Single((await QueryAsync(lab, machine, null))!));
        await lab.PowerOnAsync(machine);

        var on = Assert.IsType<PerfEntityMetric>(Assert.Single((await QueryAsync(lab, machine, null))!));

        Assert.Empty(off.SampleInfo ?? []);
        var sample = Assert.Single(on.SampleInfo!);
        Assert.Equal(20, sample.Interval);
        Assert.Equal([CpuUsage, Uptime], on.Value!.Select(series => series.Id.CounterId));
        Assert.Equal(0, Assert.Single(((PerfMetricIntSeries)on.Value![0]).Value!));
    }

    [Fact]
    public async Task The_same_samples_are_written_with_commas()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        await lab.PowerOnAsync(machine);

        var csv = Assert.IsType<PerfEntityMetricCSV>(Assert.Single((await QueryAsync(lab, machine, "csv"))!));

        Assert.StartsWith("20,20", csv.SampleInfoCSV, StringComparison.Ordinal);
        Assert.Equal("0", ((PerfMetricSeriesCSV)csv.Value![0]).Value);
    }

    [Fact]
    public async Task Machines_and_hosts_provide_figures_and_pools_do_not()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var manager = Manager(lab);
        var machine = await lab.CreateMachineAsync("m");
        var host = await lab.FindAsync("HostSystem");
        var pool = await lab.FindAsync("ResourcePool");

        Assert.Equal((true, 20), ((await manager.QueryPerfProviderSummaryAsync(host, Token)).CurrentSupported, (await manager.QueryPerfProviderSummaryAsync(machine, Token)).RefreshRate));
        Assert.False((await manager.QueryPerfProviderSummaryAsync(pool, Token)).CurrentSupported);
        var offered = (await manager.QueryAvailablePerfMetricAsync(machine, intervalId: 20, cancellationToken: Token))!;
        var all = (await lab.ReadAsync<List<PerfCounterInfo>>(manager.Reference, "perfCounter"))!;
        Assert.Equal(all.Select(counter => counter.Key), offered.Select(metric => metric.CounterId));
        Assert.Empty(await manager.QueryAvailablePerfMetricAsync(pool, intervalId: 20, cancellationToken: Token) ?? []);
        Assert.Equal("usage", Assert.Single((await manager.QueryPerfCounterAsync([CpuUsage], Token))!).NameInfo.Key);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.QueryPerfCounterAsync([4711], Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => QueryAsync(lab, machine, "xml"));
    }

    [Fact]
    public void A_process_is_measured_as_the_kernel_counts_it()
    {
        var before = ProcessUsage.Read(Environment.ProcessId)!.Value;
        var own = System.Diagnostics.Process.GetCurrentProcess();
        while (own.TotalProcessorTime - before.CpuTime < TimeSpan.FromMilliseconds(100))
        {
            own.Refresh();
        }

        var after = ProcessUsage.Read(Environment.ProcessId)!.Value;

        Assert.InRange(after.CpuTime - before.CpuTime, TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1));
        Assert.InRange(after.MemoryBytes, 1 << 20, 1L << 40);
        Assert.Null(ProcessUsage.Read(int.MaxValue));
    }

    private static PerformanceManager Manager(ConnectedLab lab) => new(lab.Client, lab.Client.Content.PerfManager!.Value);

    private static Task<List<PerfEntityMetricBase>?> QueryAsync(ConnectedLab lab, ManagedObjectReference entity, string? format)
        => Manager(lab).QueryPerfAsync(
            [
                new PerfQuerySpec
                {
                    Entity = entity,
                    IntervalId = 20,
                    MaxSample = 1,
                    Format = format,
                    MetricId = [new PerfMetricId { CounterId = CpuUsage, Instance = string.Empty }, new PerfMetricId { CounterId = Uptime, Instance = "*" }],
                },
            ],
            Token)!;
}
