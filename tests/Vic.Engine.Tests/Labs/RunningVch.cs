using System.Security.Cryptography;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A VCH with one container that runs.</summary>
internal static class RunningVch
{
    public const string ContainerName = "lively";

    private static readonly string ContainerId = new('c', 64);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<VchInfo> DeployAsync(EngineLab lab, VchRequest request)
    {
        using var client = await lab.ConnectAsync();
        var deployed = await EngineLab.DeployAsync(client, request, Token);
        var container = await CreateContainerAsync(client, deployed.Vch, ContainerName, ContainerId);
        await client.WaitForTaskAsync(await container.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        return deployed.Vch;
    }

    /// <summary>Creates a machine; without a folder, in the folder of the pool's vApp.</summary>
    public static async Task<VirtualMachine> CreateMachineAsync(
        VimClient client,
        ManagedObjectReference? folder,
        ManagedObjectReference pool,
        string name,
        List<OptionValue> keys,
        List<VirtualDeviceConfigSpec>? devices = null,
        ManagedObjectReference? host = null)
    {
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            NumCPUs = 1,
            MemoryMB = 64,
            ExtraConfig = keys,
            DeviceChange = devices,
        };
        var task = folder is { } parent
            ? await new Folder(client, parent).CreateVMTaskAsync(spec, pool, host, Token)
            : await new ResourcePool(client, pool).CreateChildVMTaskAsync(spec, host, Token);
        var created = await client.WaitForTaskAsync(task, cancellationToken: Token);
        return new VirtualMachine(client, (ManagedObjectReference)created.Result!);
    }

    /// <summary>Creates a container VM of a VCH, powered off, on the endpoint's host.</summary>
    public static async Task<VirtualMachine> CreateContainerAsync(
        VimClient client, VchInfo vch, string name, string id, Action<ExecutorConfiguration>? configure = null, params List<VirtualDeviceConfigSpec> devices)
    {
        var endpoint = await client.RetrieveAsync(vch.Reference, ["parent", "resourcePool", "runtime.host"], Token);
        var configuration = new ExecutorConfiguration { Id = id, Name = name };
        configuration.Sessions[id] = new SessionConfiguration { Id = id, Name = name, Path = "/bin/true", Active = true };
        configuration.Attach.Key = RandomNumberGenerator.GetBytes(AttachConfiguration.KeyLength);
        configure?.Invoke(configuration);
        var keys = GuestInfoSet.Of(configuration, SecretKey.Generate());
        return await CreateMachineAsync(
            client,
            endpoint.GetValue<ManagedObjectReference>("parent"),
            endpoint.Get<ManagedObjectReference>("resourcePool"),
            $"{name}-{id[..12]}",
            [.. keys.Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value })],
            devices,
            endpoint.Get<ManagedObjectReference>("runtime.host"));
    }
}
