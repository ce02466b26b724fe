using System.Text;
using Microsoft.Extensions.Logging;
using Vic.Endpoint.Syslog;

namespace Vic.Endpoint.Tests.Syslog;

/// <summary>Log lines as messages of RFC 5424.</summary>
public sealed class SyslogFormatTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(LogLevel.Critical, 26)]
    [InlineData(LogLevel.Error, 27)]
    [InlineData(LogLevel.Warning, 28)]
    [InlineData(LogLevel.Information, 30)]
    [InlineData(LogLevel.Debug, 31)]
    [InlineData(LogLevel.Trace, 31)]
    public void A_message_has_priority_time_in_UTC_host_application_and_process(LogLevel level, int priority) => Assert.Equal(
        $"<{priority}>1 2026-02-03T03:05:06.789000Z vch vic-endpoint {Environment.ProcessId} - - Part: it works",
        Write("vch", new LogLine(Time, level, "Part", "it works")));

    [Theory]
    [InlineData("my vch\u00e9", "myvch")]
    [InlineData("", "-")]
    public void The_host_is_a_word_of_printable_ASCII(string host, string written) =>
        Assert.Equal(written, Write(host, new LogLine(Time, LogLevel.Error, "Part", "x")).Split(' ')[2]);

    [Fact]
    public void A_text_of_several_lines_becomes_one()
    {
        var message = Write("vch", new LogLine(Time, LogLevel.Error, "Part", "first\r\n\tsecond\n<13>1 forged"));

        Assert.EndsWith("Part: first   second <13>1 forged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_cut_between_two_characters()
    {
        var line = new LogLine(Time, LogLevel.Error, "Part", new string('\u20ac', 1000));
        var head = Write("vch", line with { Text = "" }).Length;

        foreach (var limit in Enumerable.Range(head, 7))
        {
            var message = new SyslogFormat("vch").Write(line, limit);
            Assert.Equal((limit - head) / 3, Encoding.UTF8.GetString(message.Span).Count(letter => letter == '\u20ac'));
            Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(message.Span));
        }
    }

    private static string Write(string host, LogLine line) => Encoding.UTF8.GetString(new SyslogFormat(host).Write(line, int.MaxValue).Span);
}
