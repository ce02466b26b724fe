using Vic.Testing.Docker;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>Types the script at one daemon.</summary>
internal static class PeerSession
{
    /// <param name="docker">The client, aimed at the daemon.</param>
    /// <param name="registry">The registry's address as the daemon sees it.</param>
    /// <param name="cancellationToken">Ends the running command.</param>
    public static async Task<IReadOnlyList<PeerAnswer>> RunAsync(DockerClient docker, string registry, CancellationToken cancellationToken)
    {
        var answers = new List<PeerAnswer>();
        foreach (var line in PeerScript.Lines)
        {
            CommandResult result = await docker.ShellAsync($"REGISTRY={registry}\n{line}", cancellationToken);
            answers.Add(PeerAnswer.From(line, result, registry));
        }

        return answers;
    }
}
