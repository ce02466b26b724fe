using Microsoft.Extensions.Logging;
using Vic.Endpoint.Hosting;

namespace Vic.Endpoint.Tests.Hosting;

/// <summary>The debug level of the configuration decides how much the endpoint logs.</summary>
public sealed class LogVerbosityTests
{
    [Theory]
    [InlineData(0, LogLevel.Information, LogLevel.Warning)]
    [InlineData(1, LogLevel.Debug, LogLevel.Warning)]
    [InlineData(2, LogLevel.Trace, LogLevel.Information)]
    [InlineData(3, LogLevel.Trace, LogLevel.Debug)]
    [InlineData(9, LogLevel.Trace, LogLevel.Debug)]
    public void Each_level_logs_more_than_the_one_before(int debugLevel, LogLevel own, LogLevel ofWebServer)
    {
        var verbosity = new LogVerbosity { DebugLevel = debugLevel };

        Assert.Equal(own, LowestAllowed(verbosity, "Vic.Endpoint.Api.DockerApi"));
        Assert.Equal(ofWebServer, LowestAllowed(verbosity, "Microsoft.AspNetCore.Server.Kestrel"));
    }

    [Fact]
    public void A_level_that_changes_after_the_log_has_begun_counts_from_then_on()
    {
        var verbosity = new LogVerbosity();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter(verbosity.Allows).AddSimpleConsole());
        var log = loggers.CreateLogger("Vic.Endpoint");
        var before = log.IsEnabled(LogLevel.Debug);

        verbosity.DebugLevel = 1;

        Assert.Equal((false, true), (before, log.IsEnabled(LogLevel.Debug)));
    }

    private static LogLevel LowestAllowed(LogVerbosity verbosity, string category) =>
        Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None).First(level => verbosity.Allows(category, level));
}
