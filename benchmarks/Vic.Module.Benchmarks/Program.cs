using Vic.Module.Benchmarks;
using Vic.Testing.Files;
using Vic.Testing.Shell;

// What the import of the module costs, and what its listings cost at scale.
// Imports an empty module and the staged one in turn, each in a shell of its own, and compares the processor time of the import alone: what the engine itself
// spends on the first import of a session is in both.
const int rounds = 9;
using var folder = new TemporaryFolder();
var empty = await ImportCost.WriteEmptyModuleAsync(folder);
List<double> emptyCosts = [];
List<double> moduleCosts = [];
for (var round = 0; round < rounds; round++)
{
    emptyCosts.Add(await ImportCost.MeasureAsync(folder, empty));
    moduleCosts.Add(await ImportCost.MeasureAsync(folder, ModuleShell.ModuleManifest));
}

var (floor, cost) = (Median(emptyCosts), Median(moduleCosts));
Console.WriteLine($"import of an empty module: {floor:F0} ms of processor time");
Console.WriteLine($"import of the module: {cost:F0} ms, {cost / floor:F1} times that, {cost - floor:F0} ms more");

await ListingCost.RunAsync(folder, CancellationToken.None);

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
