using System.Security.Cryptography;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Testing.Govmomi;

/// <summary>Builds Go programs of one file against Debian's Go packages.</summary>
public static class GoProgram
{
    /// <summary>Builds a program once for each version of its source; test processes that come at the same time wait for one of them.</summary>
    /// <param name="source">The source file, from the root of the repository.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The executable.</returns>
    public static async Task<string> BuildAsync(string source, CancellationToken cancellationToken)
    {
        string file = Repository.PathOf(source);
        string version = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)))[..12];
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "govmomi")).FullName;
        string program = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{version}");
        await using FileStream turn = await WaitForTurnAsync(Path.Combine(folder, "lock"), cancellationToken);
        if (File.Exists(program))
        {
            return program;
        }

        CommandResult built = await new Command("go", "build", "-o", program + ".new", file)
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
