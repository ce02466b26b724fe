using System.Text;

namespace Vic.Engine.Certificates;

/// <summary>
/// The folder on the operator's machine that holds the certificates of one VCH, with the file names that Docker's own tools use
/// (<c>ca.pem</c>, <c>cert.pem</c>, <c>key.pem</c>), so <c>DOCKER_CERT_PATH</c> can point at it. Nothing in it is ever overwritten.
/// </summary>
public sealed class CertificateFolder
{
    private const string AuthorityFile = "ca.pem";
    private const string AuthorityKeyFile = "ca-key.pem";
    private const string ServerFile = "server-cert.pem";
    private const string ServerKeyFile = "server-key.pem";
    private const string ClientFile = "cert.pem";
    private const string ClientKeyFile = "key.pem";
    private const string ClientPfxFile = "cert.pfx";
    private const int MaximumPemLength = 1 << 20;

    private readonly List<string> _written = [];
    private bool _createdDirectory;

    /// <summary>Names a folder; it need not exist.</summary>
    public CertificateFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>True when the folder holds any of the files of a VCH.</summary>
    public bool HoldsCertificates =>
        new[] { AuthorityFile, AuthorityKeyFile, ServerFile, ServerKeyFile, ClientFile, ClientKeyFile }.Any(name => File.Exists(FullName(name)));

    /// <summary>Reads the certificates; null when the folder has no server certificate and key.</summary>
    /// <exception cref="VicException">A file cannot be read.</exception>
    public CertificateSet? Read()
    {
        return Reading(() => ReadText(ServerFile) is { } server && ReadText(ServerKeyFile) is { } serverKey
            ? new CertificateSet
            {
                Authority = ReadText(AuthorityFile),
                AuthorityKey = ReadText(AuthorityKeyFile),
                Server = server,
                ServerKey = serverKey,
                Client = ReadText(ClientFile),
                ClientKey = ReadText(ClientKeyFile),
            }
            : null);
    }

    private string? ReadClient() => Reading(() => ReadText(ClientFile));

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException(
                "CertificatesNotReadable", VicErrorKind.Denied, $"The certificates in '{Path}' cannot be read: {exception.Message}", exception)
            {
                Target = Path,
            };
        }
    }

    /// <summary>The client certificates here and in the folders below, each of which is one further client's.</summary>
    /// <exception cref="VicException">A file cannot be read.</exception>
    public IReadOnlyList<ClientCertificateFile> ReadClients()
    {
        var folders = Directory.Exists(Path) ? Directory.EnumerateDirectories(Path).OrderBy(path => path, StringComparer.Ordinal).Prepend(Path) : [];
        return folders.Select(folder => (Folder: folder, Certificate: new CertificateFolder(folder).ReadClient()))
            .Where(client => client.Certificate is not null).Select(client => new ClientCertificateFile(client.Folder, client.Certificate!)).ToList();
    }

    /// <summary>Whether the folder holds a client certificate of one of the given authorities, with a key.</summary>
    /// <param name="authorities">The authorities as PEM text.</param>
    public bool HoldsClientOf(string authorities)
    {
        try
        {
            return ReadText(ClientFile) is { } client && ReadText(ClientKeyFile) is not null
                && CertificateSet.IsIssuedByAny(CertificatePemReader.ReadCertificate(client), authorities);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // A folder that cannot be read is not the one.
            return false;
        }
    }

    /// <summary>What a Docker client reads of the folder, by file name: the authority, its certificate and its key, as far as they are there.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    internal IReadOnlyList<KeyValuePair<string, string>> ReadClientFiles() =>
        new[] { AuthorityFile, ClientFile, ClientKeyFile }.Select(name => new KeyValuePair<string, string?>(name, ReadText(name)))
            .Where(file => file.Value is not null).Select(file => new KeyValuePair<string, string>(file.Key, file.Value!)).ToList();

    /// <summary>Why nothing can be written to the folder; null when it can. Nothing stays behind of the attempt.</summary>
    public string? WhyNotWritable()
    {
        var existing = Path;
        while (!Directory.Exists(existing) && System.IO.Path.GetDirectoryName(existing) is { } parent)
        {
            if (File.Exists(existing))
            {
                return $"'{existing}' is a file";
            }

            existing = parent;
        }

        try
        {
            var probe = System.IO.Path.Combine(existing, $".{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"nothing can be written to '{existing}'";
        }
    }

    /// <summary>Writes the certificates; keys are readable by the owner alone.</summary>
    /// <exception cref="VicException">The folder cannot be written, or holds one of the files already.</exception>
    public void Write(CertificateSet certificates)
    {
        Write(AuthorityFile, certificates.Authority);
        Write(AuthorityKeyFile, certificates.AuthorityKey);
        Write(ServerFile, certificates.Server);
        Write(ServerKeyFile, certificates.ServerKey);
        Write(ClientFile, certificates.Client);
        Write(ClientKeyFile, certificates.ClientKey);
        if (certificates.ClientPfx() is { } pfx)
        {
            WriteNew(ClientPfxFile, pfx);
        }
    }

    /// <summary>Writes what one Docker client needs; the key is readable by the owner alone.</summary>
    /// <exception cref="VicException">The folder cannot be written, or holds one of the files already.</exception>
    public void Write(ClientCertificate certificate)
    {
        Write(AuthorityFile, certificate.Authority);
        Write(ClientFile, certificate.Client.CertificatePem);
        Write(ClientKeyFile, certificate.Client.PrivateKeyPem);
        WriteNew(ClientPfxFile, certificate.Client.ToPfx(certificate.Authority));
    }

    /// <summary>Writes a renewed server certificate and its key in place of those that are there.</summary>
    /// <exception cref="VicException">The folder cannot be written.</exception>
    public void ReplaceServer(CertificateSet certificates)
    {
        WriteText(ServerKeyFile, certificates.ServerKey);
        WriteText(ServerFile, certificates.Server);
    }

    /// <summary>Writes a text file next to the certificates, replacing an older one of that name.</summary>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="VicException">The folder cannot be written.</exception>
    public string WriteText(string name, string content)
    {
        if (File.Exists(FullName(name)))
        {
            File.Delete(FullName(name));
        }

        Write(name, content);
        return FullName(name);
    }

    /// <summary>Takes back what this instance wrote, and the folder when this instance made it.</summary>
    public void Undo()
    {
        foreach (var path in _written)
        {
            File.Delete(path);
        }

        if (_createdDirectory && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }

        _written.Clear();
        _createdDirectory = false;
    }

    private void Write(string name, string? content)
    {
        if (content is not null)
        {
            WriteNew(name, Encoding.UTF8.GetBytes(content));
        }
    }

    private void WriteNew(string name, byte[] content)
    {
        try
        {
            _createdDirectory |= !Directory.Exists(Path);
            OwnerOnlyAccess.CreateDirectory(Path);
            OwnerOnlyAccess.WriteNewFile(FullName(name), content);
            _written.Add(FullName(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException(
                "CertificatesNotWritable", VicErrorKind.Denied, $"'{FullName(name)}' cannot be written: {exception.Message}", exception)
            {
                Target = Path,
                RecommendedAction = "Pass another folder with -CertificatePath.",
            };
        }
    }

    private string? ReadText(string name)
    {
        var file = new FileInfo(FullName(name));
        return !file.Exists ? null
            : file.Length > MaximumPemLength ? throw new IOException($"'{file.FullName}' is too long for a certificate.")
            : File.ReadAllText(file.FullName);
    }

    private string FullName(string name) => System.IO.Path.Combine(Path, name);
}
