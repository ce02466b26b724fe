using System.Security.Cryptography;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Testing.Govmomi;

/// <summary>Builds Go programs against Debian's Go packages.</summary>
public static class GoProgram
{
    /// <summary>Builds a program once for each version of its source; test processes that come at the same time wait for one of them.</summary>
    /// <param name="source">The source file, or the folder of the source files, from the root of the repository.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The executable.</returns>
    public static async Task<string> BuildAsync(string source, CancellationToken cancellationToken)
    {
        string path = Repository.PathOf(source);
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.go").Order(StringComparer.Ordinal)] : [path];
        string version = await HashAsync(files, cancellationToken);
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "govmomi")).FullName;
        string program = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{version}");
        await using FileStream turn = await WaitForTurnAsync(Path.Combine(folder, "lock"), cancellationToken);
        if (File.Exists(program))
        {
            return program;
        }

        CommandResult built = await new Command("go", ["build", "-o", program + ".new", .. files])
        {
            Environment = new Dictionary<string, string?>
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = "/usr/share/gocode",
                ["GOFLAGS"] = "",
                ["GOCACHE"] = Path.Combine(folder, "cache"),
            },
        }.RunAsync(cancellationToken);
        built.EnsureSuccess();
        File.Move(program + ".new", program);
        return program;
    }

    private static async Task<string> HashAsync(string[] files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            hash.AppendData(await File.ReadAllBytesAsync(file, cancellationToken));
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..12];
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }
}
