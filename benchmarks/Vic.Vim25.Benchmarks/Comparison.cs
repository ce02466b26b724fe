namespace Vic.Vim25.Benchmarks;

/// <summary>Prints measurements of the same work beside one of them.</summary>
internal static class Comparison
{
    /// <summary>Prints a table: the median of each client's runs, and its ratio to the peer's.</summary>
    /// <exception cref="InvalidOperationException">The clients did not read the same.</exception>
    public static void Print(string title, string peer, IReadOnlyList<Measurement> runs)
    {
        if (runs.Select(run => run.Answer).Distinct().Count() > 1)
        {
            throw new InvalidOperationException($"The clients read different things:\n{string.Join('\n', runs.Select(run => $"{run.Client}: {run.Answer}"))}");
        }

        Console.WriteLine($"\n{title}: {runs[0].Answer}");
        Console.WriteLine($"{"",-26}{"wall",10}{"CPU",10}{"peak RSS",12}   of {peer}'s: wall, CPU, RSS");
        var clients = runs.GroupBy(run => run.Client).Select(group => (
            Name: group.Key,
            Wall: Median(group.Select(run => run.Wall)),
            Cpu: Median(group.Select(run => run.Cpu)),
            Memory: Median(group.Select(run => run.PeakMegabytes)))).ToList();
        var floor = clients.Single(client => client.Name == peer);
        foreach (var client in clients)
        {
            Console.WriteLine(
                $"{client.Name,-26}{client.Wall,8:F2} s{client.Cpu,8:F2} s{client.Memory,9:F0} MB   {client.Wall / floor.Wall,12:F2}{client.Cpu / floor.Cpu,8:F3}{client.Memory / floor.Memory,8:F2}");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
