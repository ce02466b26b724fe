using System.Text;
using Vic.Engine.Certificates;

namespace Vic.Engine.Trust;

/// <summary>
/// The certificates that a user has accepted, as ssh keeps its known hosts: a text file of one line a server, <c>host:port thumbprint</c>, that only its
/// owner may open. It is replaced whole, so a power cut leaves the old one or the new one.
/// </summary>
public sealed class KnownServers
{
    private const int MaximumLength = 1 << 20;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The store of one file, which need not exist.</summary>
    public KnownServers(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// The store of the current user: <c>%APPDATA%\VIC\known_servers</c>, or <c>~/.config/VIC/known_servers</c>; null for an account without a home.
    /// </summary>
    public static KnownServers? OfUser()
    {
        var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return settings.Length > 0 ? new KnownServers(System.IO.Path.Combine(settings, "VIC", "known_servers")) : null;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The SHA-256 thumbprint that was accepted for a server, with colons; null when none was.</summary>
    /// <exception cref="VicException">The file cannot be read.</exception>
    public string? Find(string host, int port)
    {
        var key = Key(host, port);
        return Try(() => ReadLines().Where(line => IsOf(line, key)).Select(line => line.Substring(key.Length).Trim()).LastOrDefault());
    }

    /// <summary>Remembers a server's certificate in place of an earlier one.</summary>
    /// <exception cref="VicException">The file cannot be written.</exception>
    public async Task RememberAsync(string host, int port, string thumbprintSha256, CancellationToken cancellationToken)
    {
        Try(() =>
        {
            OwnerOnlyAccess.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            return true;
        });
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        Try(() =>
        {
            var key = Key(host, port);
            Replace([.. ReadLines().Where(line => !IsOf(line, key)), key + thumbprintSha256]);
            return true;
        });
    }

    // Two shells that accept at once must not lose each other's line.
    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unusable(exception);
            }
        }
    }

    private void Replace(IEnumerable<string> lines)
    {
        var temporary = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            OwnerOnlyAccess.WriteNewFile(temporary, Encoding.UTF8.GetBytes(string.Join("\n", lines) + "\n"));
            if (File.Exists(Path))
            {
                File.Replace(temporary, Path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(temporary, Path);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private List<string> ReadLines()
    {
        var file = new FileInfo(Path);
        return !file.Exists ? []
            : file.Length > MaximumLength ? throw new IOException("it is too long to be a list of servers")
            : [.. File.ReadAllLines(Path).Where(line => line.Trim().Length > 0)];
    }

    private T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private VicException Unusable(Exception exception) => new(
        "KnownServersUnusable", VicErrorKind.Denied, $"The list of known servers '{Path}' cannot be used: {exception.Message}", exception)
    {
        Target = Path,
        RecommendedAction = "Correct the file's access, or pass the server's thumbprint with -Thumbprint.",
    };

    private static string Key(string host, int port) => FormattableString.Invariant($"{host.ToLowerInvariant()}:{port} ");

    private static bool IsOf(string line, string key) => line.StartsWith(key, StringComparison.OrdinalIgnoreCase);
}
