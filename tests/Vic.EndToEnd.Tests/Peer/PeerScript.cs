using Vic.Testing.Files;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>The commands that are typed at both daemons.</summary>
internal static class PeerScript
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        .. File.ReadAllLines(Repository.PathOf("tests/Vic.EndToEnd.Tests/Peer/session.sh.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')),
    ];
}
