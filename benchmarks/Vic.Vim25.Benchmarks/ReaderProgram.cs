using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Vim25.Benchmarks;

/// <summary>The program that reads with this product's client.</summary>
internal static class ReaderProgram
{
    private const string Name = "Vic.Vim25.Reader";

    /// <summary>As it is built along with the benchmark.</summary>
    public static string Assembly => Path.Combine(Repository.Artifacts, "bin", Name, "release", $"{Name}.dll");

    /// <summary>Compiles it to native code, and returns the executable.</summary>
    public static async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var project = Repository.PathOf($"benchmarks/{Name}");
        var publish = new Command("dotnet", "publish", project, "-c", "Release", "-r", "linux-x64", "--nologo", "-v", "quiet");
        (await publish.RunAsync(cancellationToken)).EnsureSuccess();
        return Path.Combine(Repository.Artifacts, "publish", Name, "release_linux-x64", Name);
    }
}
