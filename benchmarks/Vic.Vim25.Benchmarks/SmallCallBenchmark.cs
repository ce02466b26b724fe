using System.Globalization;

namespace Vic.Vim25.Benchmarks;

/// <summary>Round trips that carry next to nothing. pyvmomi has one connection for each thread that calls, so it stands with one.</summary>
internal sealed class SmallCallBenchmark(ClientPrograms clients)
{
    private const int Rounds = 3;
    private const int Calls = 12_800;
    private const int ManyConnections = 64;

    public async Task RunAsync()
    {
        await CompareAsync(1, [clients.Native, clients.Jitted, clients.Govmomi, clients.Pyvmomi]);
        await CompareAsync(ManyConnections, [clients.Native, clients.Jitted, clients.Govmomi]);
    }

    private async Task CompareAsync(int connections, IReadOnlyList<MeasuredClient> compared)
    {
        List<Measurement> runs = [];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var client in compared)
            {
                runs.Add(await client.RunAsync("calls", $"{connections}", $"{Calls}"));
            }
        }

        Console.WriteLine($"\nCurrentTime on {connections} connection(s), {Calls} times:");
        var peer = Figures(runs, clients.Govmomi);
        foreach (var client in compared)
        {
            var (rate, cpu) = Figures(runs, client);
            Console.WriteLine(
                $"{client.Name,-26}{rate,8:F0}/s, {rate / peer.Rate:F2} of govmomi's;{cpu,6:F2} s of CPU with the start, {cpu / peer.Cpu:F2} of govmomi's");
        }
    }

    private static (double Rate, double Cpu) Figures(List<Measurement> runs, MeasuredClient client)
    {
        var own = runs.Where(run => run.Client == client.Name).ToList();
        return (
            Comparison.Median(own.Select(run => double.Parse(run.Answer, CultureInfo.InvariantCulture))),
            Comparison.Median(own.Select(run => run.Cpu)));
    }
}
