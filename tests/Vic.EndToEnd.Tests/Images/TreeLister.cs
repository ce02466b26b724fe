using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Images;

/// <summary>A small static program that describes files; it runs inside a container and outside alike.</summary>
internal static class TreeLister
{
    public const string PathInImage = "/lister/list-tree";

    /// <summary>Compiles the program and returns its path.</summary>
    public static async Task<string> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var program = folder["list-tree"];
        var source = Repository.PathOf("tests/Vic.EndToEnd.Tests/Images/list-tree.c");
        (await new Command("clang", "-static", "-O1", "-Wall", "-Werror", "-o", program, source).RunAsync(cancellationToken)).EnsureSuccess();
        return program;
    }

    /// <summary>A layer with nothing but the program.</summary>
    public static byte[] Layer(string program) =>
        new LayerContent().Directory("lister").File(PathInImage[1..], File.ReadAllBytes(program), 0b111_101_101).ToArchive();

    /// <summary>Lines in one order, whatever order the file system tells them in.</summary>
    public static IReadOnlyList<string> Sorted(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
