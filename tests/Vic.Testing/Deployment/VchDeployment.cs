using System.Globalization;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Labs;
using Vic.Testing.Networking;
using Vic.Testing.Processes;
using Vic.Testing.Registries;
using Vic.Testing.Shell;

namespace Vic.Testing.Deployment;

/// <summary>A lab of real virtual machines, a VCH that the module deployed into it, and a registry with a busybox.</summary>
public sealed class VchDeployment : IAsyncDisposable
{
    public const string Name = "e2e-vch";
    private const string Gateway = "10.77.0.2";
    private const int TlsPort = 2376;
    private const int PlainPort = 2375;

    private readonly TemporaryFolder _folder = new();
    private readonly RegistryServer _registry;
    private readonly LabProcess _lab;

    private readonly bool _withTls;

    private VchDeployment(RegistryServer registry, LabProcess lab, bool withTls)
    {
        _registry = registry;
        _lab = lab;
        _withTls = withTls;
    }

    /// <summary>Debian's docker CLI, aimed at the VCH.</summary>
    public DockerClient Docker => _withTls ? DockerClient.ForTls(Address, CertificatePath) : DockerClient.For($"tcp://{Address}");

    public LabFacts Lab => _lab.Facts;

    /// <summary>The address that clients use, on loopback.</summary>
    public string Address => Lab.AdvertisedAddress!;

    public string CertificatePath => _folder["certificates"];

    /// <summary>The registry for this host's own daemons.</summary>
    public string RegistryOnHost => _registry.Host;

    /// <summary>The same registry as the endpoint VM sees it: the NAT gateway leads to this host's loopback.</summary>
    public string RegistryInGuests => $"{Gateway}:{RegistryOnHost.Split(':')[1]}";

    /// <summary>Deploys as a runbook would, with the staged module in the staged shell.</summary>
    /// <param name="model">The lab's inventory: <c>vcenter</c> or <c>esx</c>.</param>
    /// <param name="withTls">Mutual TLS on 2376; else plain HTTP on 2375.</param>
    /// <param name="cancellationToken">Gives the deployment up.</param>
    public static async Task<VchDeployment> StartAsync(string model, bool withTls, CancellationToken cancellationToken)
    {
        var registry = await RegistryServer.StartAsync(new RegistryOptions(), cancellationToken);
        await registry.PushAsync("library/busybox", "latest", await SampleImages.BusyboxAsync(cancellationToken), cancellationToken);

        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var lab = await LabProcess.StartAsync(
            cancellationToken, "--model", model, "--runtime", "qemu", "--publish", $"{port}:{(withTls ? TlsPort : PlainPort)}@{Name}");
        var deployment = new VchDeployment(registry, lab, withTls);
        try
        {
            (await deployment.DeployCommand().RunAsync(cancellationToken)).EnsureSuccess();
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pushes an image that the VCH can pull by that name.</summary>
    public Task PushAsync(string name, TestImage image, CancellationToken cancellationToken) =>
        _registry.PushAsync($"library/{name}", "latest", image, cancellationToken);

    /// <summary>What the endpoint VM has written to its log so far, for a test that fails.</summary>
    public string EndpointLog()
    {
        var log = Path.Combine(Lab.StateDirectory, "datastores", Lab.Datastores[0], Name, "tether.debug");
        return File.Exists(log) ? File.ReadAllText(log) : $"{log} is not there";
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    private Command DeployCommand() =>
        ModuleShell.Script(
            Repository.PathOf("tests/Vic.Testing/Deployment/deploy.ps1"),
            Lab.Credentials(),
            "-Module", ModuleShell.ModuleManifest,
            "-Name", Name,
            "-Location", Lab.ComputeResource,
            "-ImageStore", Lab.Datastores[0],
            "-BridgeNetwork", Lab.Model == "esx" ? Name : "bridge",
            "-CertificatePath", CertificatePath,
            "-TargetAddress", Lab.TargetAddress,
            "-AdvertisedAddress", Address,
            "-RegistryMirror", $"http://{RegistryInGuests}",
            "-Tls", _withTls ? "mutual" : "none");
}
