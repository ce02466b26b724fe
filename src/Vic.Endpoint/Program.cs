using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;
using Vic.Endpoint.Configuration;
using Vic.Endpoint.Hosting;
using Vic.Endpoint.Syslog;

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
var lines = new LogQueue();
using var forwarded = new LogQueueProvider(lines);
using var loggers = LoggerFactory.Create(logging => logging
    .SetMinimumLevel(LogLevel.Trace)
    .AddFilter(verbosity.Allows)
    .AddProvider(forwarded)
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
    await new EndpointService(options, loggers, verbosity, lines).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (StartException)
{
    // The log has it.
    return 1;
}
