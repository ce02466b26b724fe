using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;
using Vic.Endpoint.Configuration;
using Vic.Endpoint.Hosting;

EndpointOptions options;
try
{
    options = EndpointOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"vic-endpoint: {wrong.Message}\n{EndpointOptions.Usage}");
    return 2;
}

var verbosity = new LogVerbosity();
using var loggers = LoggerFactory.Create(logging => logging
    .SetMinimumLevel(LogLevel.Trace)
    .AddFilter(verbosity.Allows)
    .AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    })
    .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    await new EndpointService(options, loggers, verbosity).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (StartException failure)
{
    Console.Error.WriteLine($"vic-endpoint: {failure.Message} ({failure.InnerException?.GetType().Name})");
    return 1;
}
