using System.Text.RegularExpressions;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>What one command printed and returned, without what differs from run to run.</summary>
internal sealed partial record PeerAnswer(string Line, int ExitCode, string Output, string Error)
{
    public static PeerAnswer From(string line, CommandResult result, string registry) =>
        new(line, result.ExitCode, Normalize(result.Output, registry), Normalize(result.Error, registry));

    public override string ToString() => $"exit {ExitCode}\nstdout: {Output}\nstderr: {Error}";

    // Ids of images are sums of their content and must be equal; those of containers stand after a line break or a quote.
    private static string Normalize(string text, string registry)
    {
        text = text.Replace(registry, "<registry>", StringComparison.Ordinal);
        text = Times().Replace(text, "<time>");
        text = ContainerIds().Replace(text, "<container>");
        return text.TrimEnd();
    }

    [GeneratedRegex(@"(?<!sha256:|[0-9a-f])(?:[0-9a-f]{64}|(?<=[Cc]ontainer )[0-9a-f]{12})(?![0-9a-f])")]
    private static partial Regex ContainerIds();

    [GeneratedRegex(@"\d+ (?:seconds?|minutes?) ago|Less than a second ago|About a minute ago|Up (?:\d+ seconds?|Less than a second)")]
    private static partial Regex Times();
}
