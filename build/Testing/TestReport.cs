using System.Globalization;
using System.Xml.Linq;

namespace Vic.Build.Testing;

/// <summary>Reads the runner's TRX report.</summary>
internal static class TestReport
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static IReadOnlyList<TestCase> Read(string path) =>
    [
        .. from result in XDocument.Load(path).Descendants(Trx + "UnitTestResult")
           select new TestCase(
               (string?)result.Attribute("testName") ?? "?",
               (string?)result.Attribute("outcome") switch
               {
                   "Passed" => TestOutcome.Passed,
                   "NotExecuted" => TestOutcome.Skipped,
                   _ => TestOutcome.Failed,
               },
               TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var duration) ? duration : default,
               (string?)result.Descendants(Trx + "Message").FirstOrDefault() ?? "")
           {
               Output = (string?)result.Descendants(Trx + "StdOut").FirstOrDefault() ?? "",
           },
    ];
}
