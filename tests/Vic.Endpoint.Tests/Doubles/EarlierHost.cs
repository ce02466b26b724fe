using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vic.Configuration;
using Vic.Endpoint.Api;
using Vic.Endpoint.Machines.VSphere;
using Vic.Endpoint.Networks;
using Vic.Endpoint.Sessions;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Docker;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>The Docker API over a lab whose container VMs vmware/vic 1.5 has made: keys as its own encoder writes them, locked as it locks them.</summary>
internal sealed class EarlierHost : IAsyncDisposable
{
    private readonly LabServer _lab;
    private readonly CancellationTokenSource _stop = new();
    private ManagedObjectReference _folder;
    private ManagedObjectReference _pool;
    private Task _watching = Task.CompletedTask;
    private VSphereMachineHost? _host;
    private DockerServer? _server;

    private EarlierHost(LabServer lab, VimClient client)
    {
        _lab = lab;
        Client = client;
    }

    public VimClient Client { get; }

    public DockerClient Docker => DockerClient.For($"tcp://{_server!.EndPoint}");

    /// <summary>The vim25 methods that were called since the last time.</summary>
    public IEnumerable<string> Methods => _lab.Faults.Calls.Select(call => call.Method);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EarlierHost> StartAsync(InventoryModel model = InventoryModel.VCenter)
    {
        var lab = await LabServer.StartAsync(new LabOptions { Model = model, Runtime = RuntimeKind.None }, Token);
        var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, Token);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Token);
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token))[0];
        var compute = (await client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Token))[0];
        return new EarlierHost(lab, client)
        {
            _folder = datacenter.Get<ManagedObjectReference>("vmFolder"),
            _pool = compute.Get<ManagedObjectReference>("resourcePool"),
        };
    }

    /// <summary>Makes the VM of a container; returns its id.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="isOn">Whether it runs.</param>
    /// <param name="changes">Keys as they differ from those of a container that was created only; <c>{id}</c> stands for its id.</param>
    public async Task<string> CreateAsync(string name, bool isOn, params IEnumerable<(string Key, string Value)> changes)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var keys = Load(id);
        keys["common/name"] = name;
        foreach (var (key, value) in changes)
        {
            keys[key.Replace("{id}", id, StringComparison.Ordinal)] = value;
        }

        var spec = new VirtualMachineConfigSpec
        {
            Name = $"{name}-{id[..12]}",
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = $"[datastore1] {id}/{id}.vmx" },
            NumCPUs = 2,
            MemoryMB = 128,
            ExtraConfig = [.. keys.Select(key => new OptionValue { Key = key.Key, Value = GuestInfoText.Escape(key.Value) })],
        };
        var machine = (ManagedObjectReference)(await WaitAsync(new CreateVMTaskRequest { This = _folder, Pool = _pool, Config = spec })).Result!;
        if (Client.IsVirtualCenter)
        {
            await new AuthorizationManager(Client, Client.Content.AuthorizationManager!.Value).DisableMethodsAsync(
                [machine], [new DisabledMethodRequest { Method = "Destroy_Task", ReasonId = "VIC" }], "VIC", cancellationToken: Token);
        }

        if (isOn)
        {
            await WaitAsync(new PowerOnVMTaskRequest { This = machine });
        }

        return id;
    }

    /// <summary>Starts the endpoint, which finds what was made before.</summary>
    public async Task ServeAsync()
    {
        var platform = new VSpherePlatform
        {
            Client = Client,
            DatacenterPath = (await Client.RetrieveAllAsync("Datacenter", ["name"], cancellationToken: Token))[0].Get<string>("name")!,
            Datacenter = (await Client.RetrieveAllAsync("Datacenter", ["name"], cancellationToken: Token))[0].Reference,
            Folder = _folder,
            ResourcePool = _pool,
            Datastore = "datastore1",
            BootstrapIso = "[datastore1] bootstrap.iso",
            BridgeBacking = new VirtualEthernetCardNetworkBackingInfo { DeviceName = "VM Network" },
            DiskCapacity = 8_000_000,
            NameConvention = "",
            Sessions = new SessionRoutes("172.16.0.1:2379", ""),
            Endpoint = default,
        };
        var watch = new MachineWatch(Client, _pool, _ => Task.CompletedTask, NullLogger<MachineWatch>.Instance);
        _watching = watch.RunAsync(_stop.Token);
        _host = new VSphereMachineHost(platform, watch, new GuestSessions(new byte[AttachConfiguration.KeyLength]));
        var bridge = new BridgeNetwork(new string('1', 64), IPNetwork.Parse("172.16.0.0/16"), []);
        var engine = Engine.Create(new EngineIdentity { Id = "vch", Name = "vch" }, _host, new InMemoryImages(), bridge, NullLoggerFactory.Instance);
        await engine.Containers.RecoverAsync(Token);
        _server = await DockerServer.StartAsync(
            new DockerServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, engine, NullLoggerFactory.Instance, Token);
        _lab.Faults.Reset();
    }

    /// <summary>The VM of a container; null when it is gone.</summary>
    public async Task<ManagedObjectReference?> FindAsync(string id)
    {
        var machines = await Client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token);
        return machines.Find(machine => machine.Get<string>("name")!.EndsWith(id[..12], StringComparison.Ordinal))?.Reference;
    }

    /// <summary>The keys of a container's VM.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KeysAsync(string id) =>
        VSphereMachineHost.Values(await Client.GetPropertyAsync<List<OptionValue>>((await FindAsync(id))!.Value, "config.extraConfig", Token));

    /// <summary>Plays the tether: once the VM is on, it reports how the start went.</summary>
    public async Task ReportStartAsync(string id, string started)
    {
        var machine = (await FindAsync(id))!.Value;
        var watch = await PropertyWatch.StartAsync(Client, PropertyFilters.ForObjects([machine], ["runtime.powerState"]), Token);
        while (!(await watch.NextAsync(Token)).SelectMany(update => update.ChangeSet ?? []).Any(change => change.Val is VirtualMachinePowerState.PoweredOn or "poweredOn"))
        {
            // The endpoint powers it on.
        }

        await watch.CloseAsync();
        var key = new OptionValue { Key = GuestInfoNames.SessionStarted(GuestInfoKey.Root, id), Value = started };
        await WaitAsync(new ReconfigVMTaskRequest { This = machine, Spec = new VirtualMachineConfigSpec { ExtraConfig = [key] } });
    }

    /// <summary>Writes the log of a container as its tether does.</summary>
    public async Task WriteLogAsync(string id, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var header = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(header, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(content.Length << 4));
        await File.WriteAllBytesAsync(
            Path.Combine(FolderOf(id), "output.log"), [.. Encoding.ASCII.GetBytes(Convert.ToBase64String(header)), .. content], Token);
    }

    /// <summary>The folder of a container's VM on this computer.</summary>
    public string FolderOf(string id) => Path.Combine(_lab.Facts.StateDirectory, "datastores", "datastore1", id);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _watching;
        _host?.Dispose();
        Client.Dispose();
        await _lab.DisposeAsync();
        _stop.Dispose();
    }

    private static Dictionary<string, string> Load(string id)
    {
        using var reader = new StreamReader(typeof(EarlierHost).Assembly.GetManifestResourceStream("container.txt")!);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(" = ", 2);
            if (!parts[0].EndsWith("@non-persistent", StringComparison.Ordinal))
            {
                keys.Add(parts[0].Replace("|abc", $"|{id}", StringComparison.Ordinal), parts[1][1..^1].Replace("abc", id, StringComparison.Ordinal));
            }
        }

        return keys;
    }

    private async Task<TaskInfo> WaitAsync(VimRequest<ManagedObjectReference> request) =>
        await Client.WaitForTaskAsync(await Client.InvokeAsync(request, Token), cancellationToken: Token);
}
