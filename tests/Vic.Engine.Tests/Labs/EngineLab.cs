using System.Net;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Removal;
using Vic.Engine.Requests;
using Vic.Lab;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Files;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A lab without guests in this process, whose endpoint VM is played by a script, and what the engine needs to work with it.</summary>
internal sealed class EngineLab : IAsyncDisposable
{
    public const string VchName = "swept";
    public const string ImageFolder = "images/of/vch";

    private readonly TemporaryFolder _folder = new();
    private readonly LabServer _lab;
    private readonly VimClient _observer;

    private EngineLab(LabServer lab, VimClient observer, IPAddress? endpointAddress)
    {
        _lab = lab;
        _observer = observer;
        Endpoint = new ScriptedEndpoint(lab.Facts.StateDirectory, endpointAddress);
        TestIso.Write(_folder["appliance.iso"], ProductVersion.Current);
        TestIso.Write(_folder["bootstrap.iso"], ProductVersion.Current);
    }

    public LabFacts Facts => _lab.Facts;

    public FaultPlan Faults => _lab.Faults;

    public TemporaryFolder Folder => _folder;

    /// <summary>Who plays the endpoint VM.</summary>
    public ScriptedEndpoint Endpoint { get; }

    /// <summary>Where certificates and the environment file go.</summary>
    public string CertificatePath => _folder["certificates"];

    /// <param name="model">One host, or a vCenter.</param>
    /// <param name="taskDelay">How long tasks stay under way.</param>
    /// <param name="hasDrs">Whether the vCenter's cluster has DRS.</param>
    public static Task<EngineLab> StartAsync(InventoryModel model, TimeSpan taskDelay = default, bool hasDrs = true) =>
        StartAsync(new LabOptions { Model = model, TaskDelay = taskDelay, HasDrs = hasDrs });

    /// <param name="options">The lab.</param>
    /// <param name="endpointAddress">The endpoint VM's own address, when clients are to reach it there.</param>
    public static async Task<EngineLab> StartAsync(LabOptions options, IPAddress? endpointAddress = null)
    {
        var lab = await LabServer.StartAsync(options with { Runtime = RuntimeKind.None }, Token);
        return new EngineLab(lab, await ConnectAsync(lab.Facts), endpointAddress);
    }

    /// <summary>A session of its own.</summary>
    public Task<VimClient> ConnectAsync() => ConnectAsync(Facts);

    /// <summary>A session of another user.</summary>
    public Task<VimClient> ConnectAsync(LabAccount account) => ConnectAsync(Facts, account.Name, account.Password);

    /// <summary>A client that shares a session and cannot open it anew: it has no password.</summary>
    public Task<VimClient> JoinAsync(VimClient client) =>
        VimClient.ConnectAsync(new VimClientOptions(Facts.Url) { Thumbprint = Facts.ThumbprintSha256 }, client.SessionCookie, Token);

    /// <summary>A request that the lab can carry out.</summary>
    public VchRequest Request() => new()
    {
        Name = VchName,
        ImageStore = InventorySelector.ByName("datastore1"),
        ImageStorePath = ImageFolder,
        BridgeNetwork = Facts.Model == "esx" ? null : InventorySelector.ByName("bridge"),
        Compute = new ComputeRequest { EndpointMemoryMB = 256 },
        Tls = new TlsRequest { Mode = TlsMode.None, CertificatePath = CertificatePath },
        ApplianceIso = _folder["appliance.iso"],
        BootstrapIso = _folder["bootstrap.iso"],
        AdvertisedAddress = Endpoint.Address,
        Credential = new EndpointCredential(Facts.User, Facts.Password),
        TargetThumbprint = Facts.ThumbprintSha256,
        Timeout = TimeSpan.FromMinutes(1),
    };

    public static Task<DeployedVch> DeployAsync(
        VimClient client, VchRequest request, CancellationToken cancellationToken, IProgress<StepProgress>? progress = null) =>
        new VchDeployment(client).RunAsync(request, progress ?? Quiet.Instance, cancellationToken);

    public async Task RemoveAsync(VchInfo vch, bool force = true, bool removesVolumes = false, IProgress<StepProgress>? progress = null)
    {
        using var client = await ConnectAsync();
        await new VchRemoval(client).RunAsync(vch, force, removesVolumes, progress ?? Quiet.Instance, Token);
    }

    public static Task RemoveAsync(VimClient client, VchInfo vch, CancellationToken cancellationToken) =>
        new VchRemoval(client).RunAsync(vch, force: true, removesVolumes: false, Quiet.Instance, cancellationToken);

    /// <summary>The VCHs that an administrator would see.</summary>
    public Task<IReadOnlyList<VchInfo>> ListAsync() => new VchInventory(_observer).ListAsync(Quiet.Instance, Token);

    public Task<IReadOnlyList<string>> SnapshotAsync() => LabSnapshot.TakeAsync(_lab, _observer, Token);

    /// <summary>The inventory's entities, by type and name alone.</summary>
    public async Task<IEnumerable<string>> InventoryNamesAsync() =>
        (await _observer.RetrieveAllAsync("ManagedEntity", ["name"], cancellationToken: Token)).Select(entity => $"{entity.Reference.Type} '{entity.Get<string>("name")}'");

    /// <summary>The file of this computer behind a path on a datastore.</summary>
    public string PathOf(string datastore, string path) => Path.Combine(Facts.StateDirectory, "datastores", datastore, path);

    /// <summary>Asserts that a lab is what it was.</summary>
    public async Task AssertUnchangedAsync(IReadOnlyList<string> before, string what)
    {
        var after = await SnapshotAsync();
        var difference = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}")).ToList();
        Assert.True(difference.Count == 0, $"After {what}:\n{string.Join('\n', difference)}");
    }

    public async ValueTask DisposeAsync()
    {
        _observer.Dispose();
        await Endpoint.DisposeAsync();
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<VimClient> ConnectAsync(LabFacts facts) => ConnectAsync(facts, facts.User, facts.Password);

    private static async Task<VimClient> ConnectAsync(LabFacts facts, string user, string password)
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(facts.Url) { Thumbprint = facts.ThumbprintSha256, RenewSession = true }, Token);
        await client.LoginAsync(user, password, Token);
        return client;
    }
}
