using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Vic.Endpoint.Api.Connections;

namespace Vic.Endpoint.Api;

/// <summary>The Docker Engine API on one address.</summary>
public sealed class DockerServer : IAsyncDisposable
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(2);
    private readonly WebApplication _application;
    private readonly ClientConnections? _clients;

    private DockerServer(WebApplication application, IPEndPoint endPoint, ClientConnections? clients)
    {
        _application = application;
        _clients = clients;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts to listen.</summary>
    public static async Task<DockerServer> StartAsync(
        DockerServerOptions options, Engine engine, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var clients = options.Revoked is { } revoked ? new ClientConnections(revoked) : null;
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, clients));
        var application = builder.Build();
        application.Run(new DockerApi(engine, loggers.CreateLogger<DockerApi>()).ServeAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var port = new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal)).Port;
        return new DockerServer(application, new IPEndPoint(options.Listen.Address, port), clients);
    }

    /// <summary>Ends every connection and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _clients?.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, DockerServerOptions options, ClientConnections? connections)
    {
        kestrel.AddServerHeader = false;

        // docker load and docker cp send archives of any size; logs -f and attach are silent for hours.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ServerCertificateChain = options.CertificateChain;
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    https.HandshakeTimeout = HandshakeLimit;
                    if (options.ClientAuthorities.Count > 0)
                    {
                        var clients = new ClientCertificates(options.ClientAuthorities, options.Revoked);
                        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                        https.ClientCertificateValidation = (client, chain, _) => clients.IsTrusted(client, chain);
                    }
                });
            }

            if (connections is not null)
            {
                listen.Use(next => connection => connections.OnConnectionAsync(connection, next));
            }

            listen.Use(next => new UpgradeBodyMiddleware(next).OnConnectionAsync);
        });
    }
}
