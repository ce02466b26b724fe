using Vic.Build;
using Vic.Build.Execution;
using Vic.Build.Targets;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var catalog = TargetCatalog.Default;
if (args is not [var name, .. var options] || catalog.Find(name) is not { } target)
{
    Console.Error.WriteLine(catalog.Describe());
    return 2;
}

try
{
    var context = BuildContext.Locate(options);
    return await catalog.RunAsync(target, context, stop.Token);
}
catch (BuildFailedException failure)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("cancelled");
    return 130;
}
