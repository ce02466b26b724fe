using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Processes;

namespace Vic.Testing.Registries;

/// <summary>Debian's docker-registry on a free port of the loopback, with its storage in a temporary folder.</summary>
public sealed partial class RegistryServer : IAsyncDisposable
{
    public const string User = "tester";
    public const string Password = "open sesame";

    // bcrypt of Password, as an htpasswd file holds it.
    private const string PasswordHash = "$2b$05$.XpaODLHbfaFWc1Bb3ouIubLTGPewUiQi5q6uzKNR/0HNLfOs/rym";

    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly HttpClient _http;
    private TokenServer? _tokens;
    private Process? _process;
    private Task _log = Task.CompletedTask;

    private RegistryServer() => _http = new HttpClient(new SocketsHttpHandler
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    });

    /// <summary>Host and port, as they stand in an image's name.</summary>
    public string Host { get; private set; } = "";

    public string AuthorityPem => _certificates.AuthorityPem;

    public X509Certificate2 Authority => X509Certificate2.CreateFromPem(AuthorityPem);

    private string Scheme { get; set; } = "http";

    public static async Task<RegistryServer> StartAsync(RegistryOptions options, CancellationToken cancellationToken)
    {
        var server = new RegistryServer();
        try
        {
            await server.RunAsync(options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pushes an image under a name and tag; gives its manifest's digest.</summary>
    public async Task<string> PushAsync(string repository, string tag, TestImage image, CancellationToken cancellationToken)
    {
        foreach (var (digest, content) in image.Blobs)
        {
            using var start = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Url($"{repository}/blobs/uploads/")), repository, cancellationToken);
            var location = new Uri(Url(""), start.Headers.Location!);
            var address = new UriBuilder(location) { Query = $"{location.Query.TrimStart('?')}&digest={Uri.EscapeDataString(digest)}" }.Uri;
            using var put = await SendAsync(() => new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(content) }, repository, cancellationToken);
        }

        await PushManifestAsync(repository, image.ManifestDigest, image, cancellationToken);
        await PushManifestAsync(repository, tag, image, cancellationToken);
        return image.ManifestDigest;
    }

    /// <summary>Changes a stored blob behind the registry's back.</summary>
    public void Tamper(string digest, Func<byte[], byte[]> change)
    {
        var hex = digest["sha256:".Length..];
        var path = _folder[$"data/docker/registry/v2/blobs/sha256/{hex[..2]}/{hex}/data"];
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            await _log;
            _process.Dispose();
        }

        if (_tokens is not null)
        {
            await _tokens.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private Uri Url(string path) => new($"{Scheme}://{Host}/v2/{path}");

    private async Task PushManifestAsync(string repository, string target, TestImage image, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, Url($"{repository}/manifests/{target}"))
            {
                Content = new ByteArrayContent(image.Manifest) { Headers = { ContentType = new MediaTypeHeaderValue(image.ManifestMediaType) } },
            },
            repository,
            cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, string repository, CancellationToken cancellationToken)
    {
        using var request = create();
        request.Headers.Authorization = _tokens is null ? Basic : new AuthenticationHeaderValue("Bearer", await FetchTokenAsync(repository, cancellationToken));
        var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return response;
    }

    private static AuthenticationHeaderValue Basic { get; } = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));

    private async Task<string> FetchTokenAsync(string repository, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_tokens!.Address}?scope=repository:{repository}:pull,push&service={TokenServer.Service}");
        request.Headers.Authorization = Basic;
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return (string)answer["token"]!;
    }

    private async Task RunAsync(RegistryOptions options, CancellationToken cancellationToken)
    {
        Scheme = options.Tls ? "https" : "http";
        File.WriteAllText(_folder["config.yml"], Configuration(options));
        _process = new Command("/usr/bin/docker-registry", "serve", _folder["config.yml"]).Start();
        var port = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _log = Task.WhenAll(WatchAsync(_process.StandardError, port), WatchAsync(_process.StandardOutput, port));
        Host = "127.0.0.1:" + await port.Task.WaitAsync(cancellationToken);
    }

    private static async Task WatchAsync(StreamReader reader, TaskCompletionSource<string> port)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (ListeningPattern.Match(line) is { Success: true } match)
            {
                port.TrySetResult(match.Groups[1].Value);
            }
        }

        port.TrySetException(new InvalidOperationException("docker-registry ended before it listened"));
    }

    private string Configuration(RegistryOptions options)
    {
        var text = $"""
            version: 0.1
            log:
              level: info
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {_folder["data"]}
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:0

            """;
        if (options.Tls)
        {
            File.WriteAllText(_folder["server.pem"], _certificates.CertificatePem);
            File.WriteAllText(_folder["server.key"], _certificates.KeyPem);
            text += $"""
                  tls:
                    certificate: {_folder["server.pem"]}
                    key: {_folder["server.key"]}

                """;
        }

        return text + LoginConfiguration(options.Login);
    }

    private string LoginConfiguration(RegistryLogin login)
    {
        switch (login)
        {
            case RegistryLogin.Basic:
                File.WriteAllText(_folder["htpasswd"], $"{User}:{PasswordHash}\n");
                return $"""
                    auth:
                      htpasswd:
                        realm: tests
                        path: {_folder["htpasswd"]}

                    """;
            case RegistryLogin.Token:
                _tokens = new TokenServer(_certificates);
                File.WriteAllText(_folder["tokens.pem"], AuthorityPem);
                return $"""
                    auth:
                      token:
                        realm: {_tokens.Address}
                        service: {TokenServer.Service}
                        issuer: {TokenServer.Issuer}
                        rootcertbundle: {_folder["tokens.pem"]}

                    """;
            default:
                return "";
        }
    }

    [GeneratedRegex(@"listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex ListeningPattern { get; }
}
