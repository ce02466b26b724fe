using Vic.Vim25;

namespace Vic.Lab.Benchmarks;

/// <summary>A client that watches all machines and waits for what changes.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly VimClient _client;
    private readonly PropertyWatch _watch;

    private Watcher(VimClient client, PropertyWatch watch) => (_client, _watch) = (client, watch);

    /// <summary>Opens a session, and takes the first state.</summary>
    public static async Task<Watcher> StartAsync(ServerProcess server, int machines)
    {
        var client = await server.ConnectAsync();
        var view = await client.CreateContainerViewAsync("VirtualMachine");
        var watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForView(view, "VirtualMachine", ["name", "runtime.powerState"]));
        for (var seen = 0; seen < machines;)
        {
            seen += (await watch.NextAsync()).Count;
        }

        return new Watcher(client, watch);
    }

    /// <summary>Waits for the next change.</summary>
    public async Task<ManagedObjectReference> NextAsync() => (await _watch.NextAsync())[0].Obj;

    public Task LogoutAsync() => _client.LogoutAsync();

    public void Dispose() => _client.Dispose();
}
