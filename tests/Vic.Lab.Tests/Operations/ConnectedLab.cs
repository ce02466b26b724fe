using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

/// <summary>A lab without guests in this process, and a session of it.</summary>
internal sealed class ConnectedLab : IAsyncDisposable
{
    private ConnectedLab(LabServer server, VimClient client)
    {
        Server = server;
        Client = client;
    }

    public LabServer Server { get; }

    public VimClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ConnectedLab> StartAsync(LabOptions? options = null)
    {
        var server = await LabServer.StartAsync((options ?? new LabOptions()) with { Runtime = RuntimeKind.None }, Token);
        return new ConnectedLab(server, await ConnectAsync(server));
    }

    /// <summary>One more session.</summary>
    public Task<VimClient> ConnectAsync() => ConnectAsync(Server);

    /// <summary>The only object of a type, or the one of a name.</summary>
    public async Task<ManagedObjectReference> FindAsync(string type, string? name = null)
    {
        var found = await Client.RetrieveAllAsync(type, ["name"], cancellationToken: Token);
        return found.First(entity => name is null || entity.Get<string>("name") == name).Reference;
    }

    public Task<T?> ReadAsync<T>(ManagedObjectReference reference, string path)
        where T : notnull => Client.GetPropertyAsync<T>(reference, path, Token);

    /// <summary>Waits for the end of a task, and gives its result.</summary>
    public async Task<object?> RunAsync(ManagedObjectReference task) => (await Client.WaitForTaskAsync(task, cancellationToken: Token)).Result;

    /// <summary>The fault that a call ends with.</summary>
    public static async Task<T> FaultOfAsync<T>(Func<Task> call)
        where T : MethodFault
    {
        var failure = await Assert.ThrowsAsync<VimFaultException>(call);
        return Assert.IsType<T>(failure.Fault);
    }

    /// <summary>A virtual machine with nothing but what it needs.</summary>
    public async Task<ManagedObjectReference> CreateMachineAsync(
        string name, ManagedObjectReference? pool = null, Action<VirtualMachineConfigSpec>? change = null, ManagedObjectReference? host = null)
    {
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = $"[{Server.Facts.Datastores[0]}]" },
        };
        change?.Invoke(spec);
        var datacenter = await FindAsync("Datacenter");
        return (ManagedObjectReference)(await RunAsync(await Client.InvokeAsync(
            new CreateVMTaskRequest
            {
                This = await ReadAsync<ManagedObjectReference>(datacenter, "vmFolder"),
                Config = spec,
                Pool = pool ?? await FindAsync("ResourcePool"),
                Host = host,
            },
            Token)))!;
    }

    public async Task PowerOnAsync(ManagedObjectReference machine)
        => await RunAsync(await new VirtualMachine(Client, machine).PowerOnVMTaskAsync(cancellationToken: Token));

    public async Task PowerOffAsync(ManagedObjectReference machine)
        => await RunAsync(await new VirtualMachine(Client, machine).PowerOffVMTaskAsync(Token));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<VimClient> ConnectAsync(LabServer server)
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(server.Facts.Url) { Thumbprint = server.Facts.Thumbprint }, Token);
        await client.LoginAsync(server.Facts.User, server.Facts.Password, Token);
        return client;
    }
}
