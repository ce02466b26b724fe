using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Vic.Engine.Certificates;
using Vic.Engine.Documents;

namespace Vic.Engine.Docker;

/// <summary>
/// The contexts of the Docker client of one user: <c>contexts/meta/&lt;sha256 of the name&gt;/meta.json</c> and
/// <c>contexts/tls/&lt;sha256 of the name&gt;/docker/*.pem</c> in its configuration folder (docker/cli, cli/context/store).
/// </summary>
public sealed class DockerContexts
{
    private const string Endpoint = "docker";
    private const string Reserved = "default";
    private const string MetadataFile = "meta.json";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly string _contexts;

    /// <param name="configurationFolder">The client's folder: what <c>DOCKER_CONFIG</c> says, or <c>~/.docker</c>.</param>
    public DockerContexts(string configurationFolder) => _contexts = Path.Combine(configurationFolder, "contexts");

    /// <summary>The contexts of the user that runs this process.</summary>
    public static DockerContexts OfUser() => new(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"));

    /// <summary>Refuses a name that the client would not take, or that is in use.</summary>
    /// <param name="name">The context's name.</param>
    /// <param name="dockerHost">Where a context of that name may point already, as <c>tcp://host:port</c>; null for nowhere.</param>
    /// <returns>Whether the context is there.</returns>
    /// <exception cref="VicException">The name cannot be used.</exception>
    public bool CheckName(string name, string? dockerHost = null)
    {
        // docker/cli, cli/context/store/store.go: ValidateContextName.
        if (name == Reserved || !Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            throw new VicException(
                "DockerContextName", VicErrorKind.InvalidInput,
                $"'{name}' is no name for a docker context: one has two or more letters, digits, '_', '.', '+' and '-', begins with a letter or digit, and is not '{Reserved}'.")
            {
                Target = name,
            };
        }

        if (!File.Exists(MetadataOf(name)))
        {
            return false;
        }

        return dockerHost is not null && HostOf(MetadataOf(name)) == dockerHost ? true : throw new VicException(
            "DockerContextExists", VicErrorKind.AlreadyExists, $"There is a docker context '{name}' already, and it is not overwritten.")
        {
            RecommendedAction = $"Pass another name, or remove it: docker context rm {name}",
            Target = name,
        };
    }

    /// <summary>Writes a context; the key is readable by the owner alone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What <c>docker context ls</c> shows beside it.</param>
    /// <param name="dockerHost">Where the Docker API answers, as <c>tcp://host:port</c>.</param>
    /// <param name="mode">How it is protected.</param>
    /// <param name="certificates">The folder of the client's certificate; null without one.</param>
    /// <exception cref="VicException">The name cannot be used, or nothing can be written.</exception>
    public void Write(string name, string description, string dockerHost, TlsMode mode, CertificateFolder? certificates)
    {
        if (CheckName(name, dockerHost))
        {
            return;
        }

        try
        {
            var tls = Path.Combine(_contexts, "tls", FolderOf(name), Endpoint);
            foreach (var file in mode == TlsMode.Mutual && certificates is not null ? certificates.ReadClientFiles() : [])
            {
                OwnerOnlyAccess.CreateDirectory(tls);
                var path = Path.Combine(tls, file.Key);

                // What is left of a context that was removed by hand is nobody's.
                File.Delete(path);
                OwnerOnlyAccess.WriteNewFile(path, Utf8.GetBytes(file.Value));
            }

            // The client sees a context by this file, so it comes last.
            var metadata = MetadataOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(metadata)!);
            OwnerOnlyAccess.WriteNewFile(metadata, Utf8.GetBytes(JsonWriter.Write(Metadata(name, description, dockerHost, mode))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException("DockerContextNotWritable", VicErrorKind.Denied, $"The docker context '{name}' cannot be written: {exception.Message}", exception)
            {
                Target = name,
            };
        }
    }

    /// <summary>The names of the contexts that point at an address, as <c>tcp://host:port</c>.</summary>
    public IReadOnlyList<string> NamesOf(string dockerHost)
    {
        var folder = Path.Combine(_contexts, "meta");
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, MetadataFile, SearchOption.AllDirectories)
            .Where(file => HostOf(file) == dockerHost).Select(file => Read(file)?.TryGetValue("Name", out var name) == true ? name as string : null)
            .OfType<string>().OrderBy(name => name, StringComparer.Ordinal).ToList();
    }

    private static List<KeyValuePair<string, object>> Metadata(string name, string description, string dockerHost, TlsMode mode) =>
    [
        new("Name", name),
        new("Metadata", new List<KeyValuePair<string, object>> { new("Description", description) }),
        new("Endpoints", new List<KeyValuePair<string, object>>
        {
            // Without client certificates nobody vouches for the server's either: it signs itself.
            new(Endpoint, new List<KeyValuePair<string, object>> { new("Host", dockerHost), new("SkipTLSVerify", mode == TlsMode.ServerOnly) }),
        }),
    ];

    private static string? HostOf(string metadata) =>
        Member(Member(Read(metadata), "Endpoints") as IReadOnlyDictionary<string, object?>, Endpoint) is IReadOnlyDictionary<string, object?> endpoint
            ? Member(endpoint, "Host") as string
            : null;

    private static object? Member(IReadOnlyDictionary<string, object?>? members, string name) =>
        members is not null && members.TryGetValue(name, out var value) ? value : null;

    private static IReadOnlyDictionary<string, object?>? Read(string file)
    {
        try
        {
            return JsonReader.Read(File.ReadAllText(file)) as IReadOnlyDictionary<string, object?>;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // Somebody else's file: the client will complain about it.
            return null;
        }
    }

    private string MetadataOf(string name) => Path.Combine(_contexts, "meta", FolderOf(name), MetadataFile);

    private static string FolderOf(string name)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Utf8.GetBytes(name)).Select(digit => digit.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
