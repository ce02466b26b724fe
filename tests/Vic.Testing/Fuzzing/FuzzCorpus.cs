using Vic.Testing.Files;

namespace Vic.Testing.Fuzzing;

/// <summary>The real messages that mutation starts from, one file each in a folder of <c>tests/Corpus</c>. An input that once broke something stays there.</summary>
public static class FuzzCorpus
{
    /// <summary>Reads a folder, in the order of the names.</summary>
    public static IReadOnlyList<byte[]> Read(string name) =>
        [.. Directory.EnumerateFiles(PathOf(name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>The folder of a corpus, from the repository's root.</summary>
    public static string PathOf(string name) => Repository.PathOf($"tests/Corpus/{name}");
}
