using Vic.Lab.Benchmarks;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// The lab at scale beside govmomi's simulator. A word on the command line chooses: lab, simulator.
var chosen = args is [] ? ["lab", "simulator"] : args;
if (chosen.Contains("lab"))
{
    await using var lab = await ServerProcess.StartLabAsync(ScaleBenchmark.Machines);
    await new ScaleBenchmark(lab).RunAsync();
}

if (chosen.Contains("simulator"))
{
    await using var simulator = await ServerProcess.StartSimulatorAsync(ScaleBenchmark.Machines);
    await new ScaleBenchmark(simulator).RunAsync();
}
