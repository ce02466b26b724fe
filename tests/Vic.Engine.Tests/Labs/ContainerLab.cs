using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A lab with a VCH whose container runs, and what tests of containers ask again and again.</summary>
internal sealed class ContainerLab : IAsyncDisposable
{
    private ContainerLab(EngineLab lab, VimClient client, VchInfo vch)
    {
        Lab = lab;
        Client = client;
        Vch = vch;
    }

    public EngineLab Lab { get; }

    public VimClient Client { get; }

    public VchInfo Vch { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ContainerLab> StartAsync(InventoryModel model)
    {
        var lab = await EngineLab.StartAsync(model);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        return new ContainerLab(lab, await lab.ConnectAsync(), vch);
    }

    /// <summary>The container of a name as it is listed now; null when there is none.</summary>
    public async Task<ContainerVmInfo?> FindAsync(string name = RunningVch.ContainerName) =>
        (await new ContainerInventory(Client).ListAsync(Quiet.Instance, Token)).SingleOrDefault(container => container.Name == name);

    /// <summary>The container that runs since the VCH was deployed.</summary>
    public async Task<ContainerVmInfo> ContainerAsync() => (await FindAsync())!;

    /// <summary>Creates another container, powered off.</summary>
    public async Task<ContainerVmInfo> CreateAsync(
        string name, char digit, Action<ExecutorConfiguration>? configure = null, params List<VirtualDeviceConfigSpec> devices)
    {
        await RunningVch.CreateContainerAsync(Client, Vch, name, new string(digit, 64), configure, devices);
        return (await FindAsync(name))!;
    }

    /// <summary>Writes keys of the VCH's configuration, as a reconfiguration would.</summary>
    public async Task ConfigureVchAsync(Action<VirtualContainerHostConfiguration> change)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        change(Vch.Configuration);
        Vch.Configuration.Write(new GuestInfoWriter((name, value) => keys[name] = value, seal: text => text, static key => !key.IsSecret));
        await WriteAsync(Vch.Reference, keys);
        Vch = (await Lab.ListAsync()).Single();
    }

    /// <summary>Writes keys of a machine.</summary>
    public async Task WriteAsync(ManagedObjectReference machine, IReadOnlyDictionary<string, string> keys)
    {
        var spec = new VirtualMachineConfigSpec { ExtraConfig = [.. keys.Select(key => new OptionValue { Key = key.Key, Value = key.Value })] };
        await Client.WaitForTaskAsync(await new VirtualMachine(Client, machine).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
    }

    /// <summary>The keys of a machine.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KeysAsync(ManagedObjectReference machine) =>
        (await Client.GetPropertyAsync<List<OptionValue>>(machine, "config.extraConfig", Token) ?? [])
            .ToDictionary(option => option.Key, option => option.Value as string ?? "", StringComparer.Ordinal);

    /// <summary>The folder of a machine on this computer.</summary>
    public async Task<string> FolderAsync(ManagedObjectReference machine)
    {
        var path = await Client.GetPropertyAsync<string>(machine, "config.files.vmPathName", Token);
        var close = path!.IndexOf("] ", StringComparison.Ordinal);
        return Path.GetDirectoryName(Lab.PathOf(path[1..close], path[(close + 2)..]))!;
    }

    /// <summary>Makes an empty disk of 64 MB on the datastore, with the folders above it.</summary>
    public Task CreateDiskAsync(string path) => SiteParts.CreateDiskAsync(Lab, Client, path, Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Lab.DisposeAsync();
    }
}
