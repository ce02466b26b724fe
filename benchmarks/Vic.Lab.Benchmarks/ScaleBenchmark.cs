using System.Diagnostics;
using Vic.Vim25;

namespace Vic.Lab.Benchmarks;

/// <summary>Ten thousand machines: start, one reader of everything, and one change that reaches a hundred clients that wait for it.</summary>
internal sealed class ScaleBenchmark(ServerProcess server)
{
    public const int Machines = 10_000;

    private const int Clients = 100;
    private const int Changes = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task RunAsync()
    {
        Console.WriteLine($"\n{server.Name}, {Machines} machines");
        Console.WriteLine($"  start {server.StartSeconds:F2} s ({server.Cpu:F2} s of CPU), {server.Mebibytes:F0} MiB");
        using var owner = await server.ConnectAsync();
        await ReadAsync(owner);
        try
        {
            await WatchAsync(owner).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Console.WriteLine($"  {Clients} watching clients: not done within {Patience.TotalMinutes:F0} minutes; given up");
        }

        Console.WriteLine($"  peak {server.PeakMebibytes:F0} MiB");
    }

    private async Task ReadAsync(VimClient client)
    {
        var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
        var pages = await client.ReadAllPagesAsync("VirtualMachine", ["name", "runtime.powerState", "config.extraConfig"]);
        var (machines, keys) = (0, 0);
        while (await pages.NextAsync() is { } page)
        {
            machines += page.Count;
            keys += page.Sum(machine => machine.Get<List<OptionValue>>("config.extraConfig")?.Count ?? 0);
        }

        await pages.CloseAsync();
        Console.WriteLine(
            $"  one reader of {machines} machines, {keys} keys: {clock.Elapsed.TotalSeconds:F2} s, {server.Cpu - cpu:F2} s of the server's CPU, peak {server.PeakMebibytes:F0} MiB");
    }

    private async Task WatchAsync(VimClient owner)
    {
        var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
        var watchers = new List<Watcher>();
        try
        {
            for (var number = 0; number < Clients; number++)
            {
                watchers.Add(await Watcher.StartAsync(server, Machines));
            }

            Console.WriteLine(
                $"  {Clients} clients watch all: {clock.Elapsed.TotalSeconds:F1} s until each has the first state, {server.Cpu - cpu:F1} s of CPU, {server.Mebibytes:F0} MiB");
            await ChangeAsync(owner, watchers);
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
        }
    }

    private async Task ChangeAsync(VimClient owner, List<Watcher> watchers)
    {
        var machines = await owner.RetrieveAllAsync("VirtualMachine", ["name"]);
        var waits = new List<double>();
        var cpu = 0.0;
        for (var change = 0; change < Changes; change++)
        {
            var seen = watchers.Select(watcher => watcher.NextAsync()).ToArray();
            await Task.Delay(200);
            var machine = new VirtualMachine(owner, machines[change * machines.Count / Changes].Reference);
            var before = server.Cpu;
            var clock = Stopwatch.StartNew();
            await machine.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { Annotation = $"change {change}" });
            var objects = await Task.WhenAll(seen);
            waits.Add(clock.Elapsed.TotalMilliseconds);
            cpu += server.Cpu - before;
            if (objects.Any(reference => reference != machine.Reference))
            {
                throw new InvalidOperationException("A client was told of another machine than the one that changed.");
            }
        }

        waits.Sort();
        Console.WriteLine(
            $"  one change of {Changes} until all {Clients} know: median {waits[Changes / 2]:F0} ms, worst {waits[^1]:F0} ms, {cpu / Changes * 1000:F0} ms of CPU");
    }
}
