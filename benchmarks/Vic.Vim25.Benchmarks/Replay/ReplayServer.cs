using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Vic.Vim25.Benchmarks.Replay;

/// <summary>
/// As much of a vCenter as the clients need to read an inventory. What it sends is ready beforehand, so that it costs the same for every
/// client, and little.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly ReplayAnswers _answers;
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private ReplayServer(ReplayAnswers answers, WebApplication application, X509Certificate2 certificate)
    {
        _answers = answers;
        _application = application;
        _certificate = certificate;
    }

    /// <summary>How many VMs it has; it can be changed between readings.</summary>
    public int Machines
    {
        get => _answers.Machines;
        set => _answers.Machines = value;
    }

    public Uri Url => new(new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/sdk");

    /// <summary>SHA-256 of the certificate.</summary>
    public string Thumbprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Starts a server that answers with an inventory.</summary>
    public static async Task<ReplayServer> StartAsync(ReplayInventory inventory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=replay", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        }));
        var application = builder.Build();
        var answers = new ReplayAnswers(inventory);
        application.Run(answers.HandleAsync);
        await application.StartAsync();
        return new ReplayServer(answers, application, certificate);
    }

    /// <summary>Waits for Ctrl+C or SIGTERM.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
    }
}
