namespace Vic.Vim25;

/// <summary>
/// Follows changes of properties through a property collector of its own, so that several watches of one session do not take each
/// other's updates. However many filters it has, one call on one connection waits for all of them.
/// </summary>
/// <remarks>
/// Where the client renews its session (<see cref="VimClientOptions.RenewSession"/>), the watch goes on in the new one: all selected objects
/// then come once more with kind <see cref="ObjectUpdateKind.Enter"/>; what left meanwhile is not told.
/// </remarks>
public sealed class PropertyWatch
#if NET
    : IAsyncDisposable
#endif
{
    /// <summary>A wait ends empty after this time and is begun anew; a server that went away is noticed by then.</summary>
    private const int MaxWaitSeconds = 120;

    private readonly VimClient _client;
    private readonly List<PropertyFilterSpec> _filters = [];
    private ManagedObjectReference _collector;
    private int _session;
    private string _version = "";

    private PropertyWatch(VimClient client) => _client = client;

    /// <summary>Begins to watch what a filter selects.</summary>
    public static Task<PropertyWatch> StartAsync(VimClient client, PropertyFilterSpec filter, CancellationToken cancellationToken = default) =>
        StartAsync(client, [filter], cancellationToken);

    /// <summary>Begins to watch what several filters select.</summary>
    public static async Task<PropertyWatch> StartAsync(
        VimClient client, IReadOnlyList<PropertyFilterSpec> filters, CancellationToken cancellationToken = default)
    {
        var watch = new PropertyWatch(client);
        watch._filters.AddRange(filters);
        await watch.OpenAsync(cancellationToken).ConfigureAwait(false);
        return watch;
    }

    /// <summary>Watches more: the next <see cref="NextAsync"/> tells it as it is. Not while one is under way.</summary>
    public async Task AddAsync(PropertyFilterSpec filter, CancellationToken cancellationToken = default)
    {
        await _client.InvokeAsync(
            new CreateFilterRequest { This = _collector, Spec = filter, PartialUpdates = false }, cancellationToken).ConfigureAwait(false);
        _filters.Add(filter);
    }

    /// <summary>Waits for changes. The first call returns all selected objects as they are, with kind <see cref="ObjectUpdateKind.Enter"/>.</summary>
    /// <returns>The changes since the last call, in the server's order; never empty.</returns>
    public async Task<IReadOnlyList<ObjectUpdate>> NextAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            UpdateSet? set;
            try
            {
                set = await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException e) when (e.Fault is ManagedObjectNotFound && _client.SessionNumber != _session)
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (set is null)
            {
                continue;
            }

            _version = set.Version;
            List<ObjectUpdate> updates = [.. (set.FilterSet ?? []).SelectMany(filter => filter.ObjectSet ?? [])];
            if (updates.Count > 0)
            {
                return updates;
            }
        }
    }

#if NET
    /// <summary>All changes until the token is cancelled.</summary>
    public async IAsyncEnumerable<ObjectUpdate> ReadAllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            foreach (ObjectUpdate update in await NextAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseAsync());
#endif

    /// <summary>Removes the collector from the server.</summary>
    public Task CloseAsync() => _client.ReleaseAsync(new DestroyPropertyCollectorRequest { This = _collector });

    private Task<UpdateSet?> WaitAsync(CancellationToken cancellationToken) => _client.InvokeAsync(
        new WaitForUpdatesExRequest
        {
            This = _collector,
            Version = _version,
            Options = new WaitOptions { MaxWaitSeconds = MaxWaitSeconds },
        },
        cancellationToken);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        int session = _client.SessionNumber;
        _collector = await _client.InvokeAsync(
            new CreatePropertyCollectorRequest { This = _client.Content.PropertyCollector }, cancellationToken).ConfigureAwait(false);
        _session = session;
        _version = "";
        try
        {
            foreach (PropertyFilterSpec filter in _filters)
            {
                await _client.InvokeAsync(
                    new CreateFilterRequest { This = _collector, Spec = filter, PartialUpdates = false }, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }
}
