using Vic.Vim25.Benchmarks.Replay;

namespace Vic.Vim25.Benchmarks;

/// <summary>Name, power state and extraConfig of all VMs.</summary>
internal sealed class InventoryBenchmark(ReplayServer server, ClientPrograms clients)
{
    private const int Rounds = 3;
    private const int Usual = 10_000;
    private const int Large = 50_000;

    public async Task RunAsync()
    {
        var small = await CompareAsync();
        Comparison.Print("The inventory", clients.Govmomi.Name, small);

        server.Machines = Large;
        foreach (var large in (Measurement[])[await StreamAsync(clients.Native), await StreamAsync(clients.Jitted)])
        {
            var before = Comparison.Median(small.Where(run => run.Client == large.Client).Select(run => run.PeakMegabytes));
            Console.WriteLine($"{large.Client,-26}{Large} machines: {large.Cpu:F2} s of CPU, peak {large.PeakMegabytes:F0} MB; with {Usual} it was {before:F0} MB");
        }

        server.Machines = Usual;
    }

    /// <summary>All clients in turn, so that they see the same machine.</summary>
    private async Task<List<Measurement>> CompareAsync()
    {
        server.Machines = Usual;
        List<Measurement> runs = [];
        for (var round = 0; round < Rounds; round++)
        {
            runs.Add(await StreamAsync(clients.Native));
            runs.Add(await StreamAsync(clients.Jitted));
            foreach (var client in (MeasuredClient[])[clients.Native, clients.Jitted, clients.Govmomi, clients.Pyvmomi])
            {
                runs.Add(await client.RunAsync("list"));
            }
        }

        return runs;
    }

    private static async Task<Measurement> StreamAsync(MeasuredClient client) =>
        (await client.RunAsync("stream")) with { Client = $"{client.Name}, streamed" };
}
