using Vic.Vim25.Benchmarks;
using Vic.Vim25.Benchmarks.Replay;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// The client beside govmomi and pyvmomi, and what a deployment costs in round trips. Words on the command line choose: inventory, calls,
// deployment; or serve, to leave the server running for a profiler's sake.
var chosen = args is [] ? ["deployment", "inventory", "calls"] : args;
if (chosen.Contains("deployment"))
{
    await DeploymentBenchmark.RunAsync();
}

if (chosen.Intersect(["inventory", "calls", "serve"]).Any())
{
    await using var server = await ReplayServer.StartAsync(new ReplayInventory());
    if (chosen.Contains("serve"))
    {
        Console.WriteLine($"{server.Url} {server.Thumbprint}");
        await server.WaitForShutdownAsync();
    }

    var clients = await ClientPrograms.PrepareAsync(server, CancellationToken.None);
    if (chosen.Contains("inventory"))
    {
        await new InventoryBenchmark(server, clients).RunAsync();
    }

    if (chosen.Contains("calls"))
    {
        await new SmallCallBenchmark(clients).RunAsync();
    }
}
