using System.Text.RegularExpressions;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>What one command printed and returned, without what differs from run to run, and without what docs/limitations.md explains.</summary>
internal sealed partial record PeerAnswer(string Line, int ExitCode, string Output, string Error)
{
    public static PeerAnswer From(string line, CommandResult result, string registry) =>
        new(line, result.ExitCode, Normalize(result.Output, registry), Normalize(result.Error, registry));

    public override string ToString() => $"{Line}\nexit {ExitCode}\nstdout: {Output}\nstderr: {Error}";

    // Ids of images are sums of their content and must be equal; those of containers stand after a line break or a quote.
    private static string Normalize(string text, string registry)
    {
        text = text.Replace(registry, "<registry>", StringComparison.Ordinal);
        text = Times().Replace(text, "<time>");
        text = ContainerIds().Replace(text, "<container>");
        text = ClientRace().Replace(text, "");
        text = RuntimeBlame().Replace(text, "$1");
        text = PassingSteps().Replace(text, "");
        text = LayerSteps().Replace(text, steps => string.Concat(Sorted(steps.Value)));
        return text.TrimEnd();
    }

    private static IEnumerable<string> Sorted(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + '\n');

    [GeneratedRegex(@"(?<!sha256:|[0-9a-f])(?:[0-9a-f]{64}|(?<=[Cc]ontainer )[0-9a-f]{12})(?![0-9a-f])")]
    private static partial Regex ContainerIds();

    [GeneratedRegex(@"\d+ (?:seconds?|minutes?) ago|Less than a second ago|About a minute ago|Up (?:\d+ seconds?|Less than a second)")]
    private static partial Regex Times();

    // The 20.10 client prints this when the failure of a start overtakes the end of its wait: from run to run, with either daemon.
    [GeneratedRegex("""^time="[^"]*" level=error msg="error waiting for container: context canceled"\n""", RegexOptions.Multiline)]
    private static partial Regex ClientRace();

    // A VCH has no runc to blame.
    [GeneratedRegex(@"(?:failed to create shim task: OCI runtime create failed: runc create failed: |OCI runtime exec failed: )(.*): unknown")]
    private static partial Regex RuntimeBlame();

    // Layers come at once, in any order; dockerd skips the line of a step when the next step comes soon.
    [GeneratedRegex(@"^[0-9a-f]{12}: (?:Waiting|Verifying Checksum|Download complete)\n", RegexOptions.Multiline)]
    private static partial Regex PassingSteps();

    [GeneratedRegex(@"(?:^[0-9a-f]{12}: [^\n]*\n)+", RegexOptions.Multiline)]
    private static partial Regex LayerSteps();
}
