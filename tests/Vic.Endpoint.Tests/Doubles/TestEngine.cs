using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Vic.Endpoint.Api;
using Vic.Endpoint.Api.Revocation;
using Vic.Endpoint.Networks;
using Vic.Testing.Docker;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>The API on a loopback port over machines in memory.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly DockerServer _server;
    private readonly string? _certificates;

    private TestEngine(DockerServer server, InMemoryHost host, string? certificates, RevokedClients? revoked)
    {
        _server = server;
        _certificates = certificates;
        Host = host;
        Revoked = revoked;
    }

    /// <summary>Whom the API lets in no more; null without TLS.</summary>
    public RevokedClients? Revoked { get; }

    public InMemoryHost Host { get; }

    public Uri Address => new($"http://{_server.EndPoint}");

    public static async Task<TestEngine> StartAsync(InMemoryHost? host = null, string? certificates = null, EngineIdentity? identity = null)
    {
        host ??= new InMemoryHost();
        var bridge = new BridgeNetwork(new string('1', 64), IPNetwork.Parse("172.16.0.0/16"), []);
        var engine = Engine.Create(identity ?? new EngineIdentity { Id = "vch", Name = "vch" }, host, new InMemoryImages(), bridge, NullLoggerFactory.Instance);
        await engine.Containers.RecoverAsync(TestContext.Current.CancellationToken);
        var options = new DockerServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        if (certificates is not null)
        {
            var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, "ca.pem"));
            options = options with
            {
                Certificate = X509Certificate2.CreateFromPemFile(Path.Combine(certificates, "server-cert.pem"), Path.Combine(certificates, "server-key.pem")),
                ClientAuthorities = [authority],
                Revoked = new RevokedClients([authority]),
            };
        }

        return new TestEngine(
            await DockerServer.StartAsync(options, engine, NullLoggerFactory.Instance, TestContext.Current.CancellationToken), host, certificates, options.Revoked);
    }

    public DockerClient Client(string executable) => _certificates is null
        ? DockerClient.For($"tcp://{_server.EndPoint}", executable)
        : ClientOf(_certificates, executable);

    /// <summary>The client with the certificate of a folder.</summary>
    public DockerClient ClientOf(string certificates, string executable = DockerClient.Debian) =>
        DockerClient.ForTls(_server.EndPoint.ToString(), certificates, executable);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
