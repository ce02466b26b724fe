using System.Globalization;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Labs;
using Vic.Testing.Networking;
using Vic.Testing.Processes;
using Vic.Testing.Registries;
using Vic.Testing.Shell;

namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>A lab of real virtual machines, a VCH that the module deployed into it, and a registry with a busybox.</summary>
public abstract class DeployedVch(string model) : IAsyncLifetime
{
    public const string Name = "e2e-vch";
    private const string Gateway = "10.77.0.2";

    private readonly TemporaryFolder _folder = new();
    private RegistryServer? _registry;
    private LabProcess? _lab;

    /// <summary>Debian's docker CLI, aimed at the VCH.</summary>
    public DockerClient Docker { get; private set; } = DockerClient.For("");

    public LabFacts Lab => _lab!.Facts;

    /// <summary>The address that clients use, from loopback.</summary>
    public string Address => Lab.AdvertisedAddress!;

    public string CertificatePath => _folder["certificates"];

    /// <summary>The registry for this host's own daemons.</summary>
    public string RegistryOnHost => _registry!.Host;

    /// <summary>The same registry as the endpoint VM sees it: the NAT gateway leads to this host's loopback.</summary>
    public string RegistryInGuests => $"{Gateway}:{RegistryOnHost.Split(':')[1]}";

    public async ValueTask InitializeAsync()
    {
        var cancellation = CancellationToken.None;
        _registry = await RegistryServer.StartAsync(new RegistryOptions(), cancellation);
        await _registry.PushAsync("library/busybox", "latest", await SampleImages.BusyboxAsync(cancellation), cancellation);

        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        _lab = await LabProcess.StartAsync(cancellation, "--model", model, "--runtime", "qemu", "--publish", $"{port}:2376@{Name}");
        (await DeployAsync().RunAsync(cancellation)).EnsureSuccess();
        Docker = DockerClient.ForTls(Address, CertificatePath);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private Command DeployAsync() =>
        ModuleShell.Script(
            Repository.PathOf("tests/Vic.EndToEnd.Tests/Deployment/deploy.ps1"),
            Lab.Credentials(),
            "-Module", ModuleShell.ModuleManifest,
            "-Name", Name,
            "-Location", Lab.ComputeResource,
            "-ImageStore", Lab.Datastores[0],
            "-BridgeNetwork", model == "esx" ? Name : "bridge",
            "-CertificatePath", CertificatePath,
            "-TargetAddress", Lab.TargetAddress,
            "-AdvertisedAddress", Address,
            "-RegistryMirror", $"http://{RegistryInGuests}");
}
