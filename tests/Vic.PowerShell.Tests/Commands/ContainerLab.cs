using Vic.Configuration;
using Vic.Vim25;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>A lab with a VCH without an endpoint that runs, and containers that are made for each test.</summary>
public abstract class ContainerLab(string model) : EmptyLab(model)
{
    /// <summary>The name of the VCH.</summary>
    public const string VchName = "host";

    private const string Deploy = $$"""
        $place = @{ Location = $env:VIC_TEST_LOCATION; ImageStore = 'datastore1'; BridgeNetwork = $env:VIC_TEST_BRIDGE }
        $null = New-VCH -Name {{VchName}} @place -AdvertisedAddress 127.0.0.1:2376 -NoTls -NoWait -WarningAction SilentlyContinue
        """;

    private VimClient? _client;
    private ManagedObjectReference _endpoint;

    private protected VimClient Client => _client!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var script = Deploy.Replace("$env:VIC_TEST_LOCATION", $"'{Facts.ComputeResource}'", StringComparison.Ordinal)
            .Replace("$env:VIC_TEST_BRIDGE", Facts.Model == "esx" ? "'host'" : "'bridge'", StringComparison.Ordinal);
        (await RunAsync(Connect + script, CancellationToken.None)).EnsureSuccess();
        _client = await VimClient.ConnectAsync(new VimClientOptions(new Uri(Facts.Url)) { Thumbprint = Facts.Thumbprint }, CancellationToken.None);
        await _client.LoginAsync(Facts.User, Facts.Password, CancellationToken.None);
        var machines = await _client.RetrieveAllAsync("VirtualMachine", ["name"]);
        _endpoint = machines.Single(machine => machine.Get<string>("name") == VchName).Reference;
    }

    /// <summary>Makes the VM of a container, on or off; returns its folder on this computer.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="isOn">Whether it is powered on.</param>
    /// <param name="ended">When its process ended; null when it has not.</param>
    /// <param name="bootstrapIso">The datastore path of the ISO that it boots, on the first datastore; without one it has no drive.</param>
    /// <param name="isOfVicMachine">Whether it is one of vic-machine's endpoint, which has no session key.</param>
    public async Task<string> CreateAsync(string name, bool isOn, DateTimeOffset? ended = null, string? bootstrapIso = null, bool isOfVicMachine = false)
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var configuration = new ExecutorConfiguration { Id = id, Name = name, RepositoryName = "busybox" };
        configuration.Sessions[id] = new SessionConfiguration { Id = id, Name = name, Path = "/bin/true", Active = true };
        configuration.Version = new ProductBuild { Version = isOfVicMachine ? "v1.5.6" : "v0.0.9", BuildNumber = "0", GitCommit = "0009999" };
        configuration.Attach.Key = isOfVicMachine ? [] : System.Security.Cryptography.RandomNumberGenerator.GetBytes(AttachConfiguration.KeyLength);
        if (ended is { } end)
        {
            configuration.Sessions[id].Started = "true";
            configuration.Sessions[id].StopTime = end.ToUnixTimeMilliseconds() * 1_000_000;
        }

        if (bootstrapIso is not null)
        {
            var file = Path.Combine(Facts.StateDirectory, "datastores", "datastore1", bootstrapIso.Split("] ")[1]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "an ISO", Token);
        }

        var home = await Client.RetrieveAsync(_endpoint, ["parent", "resourcePool"], Token);
        var spec = new VirtualMachineConfigSpec
        {
            Name = $"{name}-{id[..12]}",
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = $"[datastore1] {id}/{id}.vmx" },
            NumCPUs = 1,
            MemoryMB = 64,
            DeviceChange = bootstrapIso is null ? null : [Add(new VirtualIDEController { Key = 200, BusNumber = 0 }), Add(Drive(bootstrapIso))],
            ExtraConfig = [.. GuestInfoSet.Of(configuration, SecretKey.Generate()).Select(key => new OptionValue { Key = key.Key, Value = key.Value })],
        };
        var folder = new Folder(Client, home.Get<ManagedObjectReference>("parent"));
        var task = await folder.CreateVMTaskAsync(spec, home.Get<ManagedObjectReference>("resourcePool"), cancellationToken: Token);
        var machine = new VirtualMachine(Client, (ManagedObjectReference)(await Client.WaitForTaskAsync(task, cancellationToken: Token)).Result!);
        if (isOn)
        {
            await Client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        }

        return Path.Combine(Facts.StateDirectory, "datastores", "datastore1", id);
    }

    /// <summary>The folder of the endpoint VM on this computer.</summary>
    public async Task<string> EndpointFolderAsync()
    {
        var path = await Client.GetPropertyAsync<string>(_endpoint, "config.files.vmPathName", Token);
        return Path.Combine(Facts.StateDirectory, "datastores", "datastore1", Path.GetDirectoryName(path!.Split("] ")[1])!);
    }

    /// <summary>Whether the machine of a container is on.</summary>
    public async Task<bool> IsOnAsync(string name)
    {
        var machines = await Client.RetrieveAllAsync("VirtualMachine", ["name", "runtime.powerState"], cancellationToken: Token);
        return machines.Single(machine => machine.Get<string>("name")!.StartsWith(name + "-", StringComparison.Ordinal))
            .Get<VirtualMachinePowerState>("runtime.powerState") == VirtualMachinePowerState.PoweredOn;
    }

    /// <summary>The datastore path of the ISO that the machine of a container boots.</summary>
    public async Task<string> BootstrapIsoAsync(string name)
    {
        var machines = await Client.RetrieveAllAsync("VirtualMachine", ["name", "config.hardware.device"], cancellationToken: Token);
        var devices = machines.Single(machine => machine.Get<string>("name")!.StartsWith(name + "-", StringComparison.Ordinal))
            .Get<List<VirtualDevice>>("config.hardware.device");
        return ((VirtualCdromIsoBackingInfo)devices!.OfType<VirtualCdrom>().Single().Backing!).FileName;
    }

    /// <summary>Whether there is a machine of a container.</summary>
    public async Task<bool> ExistsAsync(string name) =>
        (await Client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))
            .Exists(machine => machine.Get<string>("name")!.StartsWith(name + "-", StringComparison.Ordinal));

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private static VirtualCdrom Drive(string iso) => new()
    {
        Key = -2,
        ControllerKey = 200,
        UnitNumber = 0,
        Backing = new VirtualCdromIsoBackingInfo { FileName = iso },
        Connectable = new VirtualDeviceConnectInfo { StartConnected = true, Connected = true, AllowGuestControl = true },
    };
}
