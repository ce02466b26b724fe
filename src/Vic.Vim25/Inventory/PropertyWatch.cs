namespace Vic.Vim25;

/// <summary>
/// Follows properties as they change, through a property collector of its own, so that several watches of one session do not take each
/// other's updates.
/// </summary>
public sealed class PropertyWatch
#if NET
    : IAsyncDisposable
#endif
{
    /// <summary>A wait ends empty after this time and is begun anew; a server that went away is noticed by then.</summary>
    private const int MaxWaitSeconds = 120;

    private readonly VimClient _client;
    private readonly ManagedObjectReference _collector;
    private string _version = "";

    private PropertyWatch(VimClient client, ManagedObjectReference collector)
    {
        _client = client;
        _collector = collector;
    }

    /// <summary>Begins to watch what a filter selects.</summary>
    public static async Task<PropertyWatch> StartAsync(VimClient client, PropertyFilterSpec filter, CancellationToken cancellationToken = default)
    {
        ManagedObjectReference collector = await client.InvokeAsync(
            new CreatePropertyCollectorRequest { This = client.Content.PropertyCollector }, cancellationToken).ConfigureAwait(false);
        var watch = new PropertyWatch(client, collector);
        try
        {
            await client.InvokeAsync(
                new CreateFilterRequest { This = collector, Spec = filter, PartialUpdates = false }, cancellationToken).ConfigureAwait(false);
            return watch;
        }
        catch
        {
            await watch.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for changes. The first call returns all selected objects as they are, with kind <see cref="ObjectUpdateKind.Enter"/>.</summary>
    /// <returns>The changes since the last call, in the server's order; never empty.</returns>
    public async Task<IReadOnlyList<ObjectUpdate>> NextAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            UpdateSet? set = await _client.InvokeAsync(
                new WaitForUpdatesExRequest
                {
                    This = _collector,
                    Version = _version,
                    Options = new WaitOptions { MaxWaitSeconds = MaxWaitSeconds },
                },
                cancellationToken).ConfigureAwait(false);
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
}
