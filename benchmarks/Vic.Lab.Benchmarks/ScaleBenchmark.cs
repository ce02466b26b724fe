using System.Diagnostics;
using Vic.Vim25;

namespace Vic.Lab.Benchmarks;

/// <summary>Ten thousand machines: start, one reader of everything, and one change that reaches one, ten and a hundred clients that wait for it.</summary>
internal sealed class ScaleBenchmark(ServerProcess server)
{
    public const int Machines = 10_000;

    private const int Changes = 20;

    private static readonly int[] Clients = [1, 10, 100];

    // How long so many clients may take for the first state, and how long for the changes.
    private static readonly TimeSpan FirstStateLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ChangesLimit = TimeSpan.FromMinutes(2);

    public async Task RunAsync()
    {
        Console.WriteLine($"\n{server.Name}, {Machines} machines");
        Console.WriteLine($"  start {server.StartSeconds:F2} s ({server.Cpu:F2} s of CPU), {server.Mebibytes:F0} MiB");
        using var owner = await server.ConnectAsync();
        await ReadAsync(owner);
        var machines = await owner.RetrieveAllAsync("VirtualMachine", ["name"]);
        foreach (var clients in Clients)
        {
            // More clients would not make it either.
            if (!await WatchAsync(owner, machines, clients))
            {
                break;
            }
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

    /// <summary>Whether a change reached all of so many clients in time.</summary>
    private async Task<bool> WatchAsync(VimClient owner, List<ObjectProperties> machines, int clients)
    {
        var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
        var watchers = new List<Watcher>();
        try
        {
            while (watchers.Count < clients && clock.Elapsed < FirstStateLimit)
            {
                watchers.Add(await Watcher.StartAsync(server, Machines));
            }

            Console.WriteLine(
                $"  {watchers.Count} of {clients} clients watch all: {clock.Elapsed.TotalSeconds:F1} s until each has the first state, {server.Cpu - cpu:F1} s of CPU, {server.Mebibytes:F0} MiB");
            if (watchers.Count < clients || !await ChangeAsync(owner, machines, watchers))
            {
                return false;
            }

            await Task.WhenAll(watchers.Select(watcher => watcher.LogoutAsync()));
            return true;
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
        }
    }

    /// <summary>Whether each change reached all clients in time; as many changes as the time allows.</summary>
    private async Task<bool> ChangeAsync(VimClient owner, List<ObjectProperties> machines, List<Watcher> watchers)
    {
        var waits = new List<double>();
        var (cpu, total) = (0.0, Stopwatch.StartNew());
        while (waits.Count < Changes && total.Elapsed < ChangesLimit)
        {
            var seen = watchers.ConvertAll(watcher => watcher.NextAsync());
            await Task.Delay(200);
            var machine = new VirtualMachine(owner, machines[waits.Count * machines.Count / Changes].Reference);
            var before = server.Cpu;
            var clock = Stopwatch.StartNew();
            try
            {
                await RenameAsync(machine, $"renamed-{watchers.Count}-{waits.Count}", seen).WaitAsync(ChangesLimit);
            }
            catch (TimeoutException)
            {
                Console.WriteLine(
                    $"  change {waits.Count + 1} of {Changes}: after {clock.Elapsed.TotalSeconds:F0} s {seen.Count(client => client.IsCompleted)} of {seen.Count} clients knew, {server.Cpu - before:F1} s of CPU; given up");
                return false;
            }

            waits.Add(clock.Elapsed.TotalMilliseconds);
            cpu += server.Cpu - before;
        }

        waits.Sort();
        Console.WriteLine(
            $"  one change until all {watchers.Count} know: median {waits[waits.Count / 2]:F0} ms, worst {waits[^1]:F0} ms, {cpu / waits.Count * 1000:F0} ms of CPU; {waits.Count} changes");
        return true;
    }

    /// <summary>A change that both servers announce: the simulator keeps that of an annotation to itself.</summary>
    private static async Task RenameAsync(VirtualMachine machine, string name, IEnumerable<Task<ManagedObjectReference>> seen)
    {
        await machine.RenameTaskAsync(name);
        if ((await Task.WhenAll(seen)).Any(reference => reference != machine.Reference))
        {
            throw new InvalidOperationException("A client was told of another machine than the one that changed.");
        }
    }
}
