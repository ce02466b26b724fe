namespace Vic.Vim25;

/// <summary>A list view of tasks on the server, with a collector that tells how they change.</summary>
internal sealed class TaskList
{
    private readonly VimClient _client;
    private readonly ManagedObjectReference _view;
    private readonly ManagedObjectReference _collector;
    private readonly int _session;
    private string _version = "";

    private TaskList(VimClient client, int session, ManagedObjectReference view, ManagedObjectReference collector)
    {
        _client = client;
        _session = session;
        _view = view;
        _collector = collector;
    }

    /// <summary>Is it gone from the server with the session that it was made in, which a new one has replaced?</summary>
    public bool IsOutlived => _client.SessionNumber != _session;

    /// <summary>Does somebody wait for its changes?</summary>
    public bool IsRead { get; set; }

    /// <summary>Makes an empty list on the server; it lives as long as the session.</summary>
    public static async Task<TaskList> CreateAsync(VimClient client, IReadOnlyList<string> paths)
    {
        int session = client.SessionNumber;
        ManagedObjectReference view = await client.InvokeAsync(new CreateListViewRequest
        {
            This = client.Content.ViewManager ?? throw new VimConnectionException(client.Server, $"{client.Server.Host} offers no views."),
        }).ConfigureAwait(false);
        ManagedObjectReference collector = await client.InvokeAsync(
            new CreatePropertyCollectorRequest { This = client.Content.PropertyCollector }).ConfigureAwait(false);
        await client.InvokeAsync(
            new CreateFilterRequest { This = collector, Spec = PropertyFilters.ForView(view, "Task", paths), PartialUpdates = false }).ConfigureAwait(false);
        return new TaskList(client, session, view, collector);
    }

    /// <returns>References that the server does not know.</returns>
    public async Task<List<ManagedObjectReference>> ChangeAsync(ManagedObjectReference added, List<ManagedObjectReference> removed) =>
        await _client.InvokeAsync(new ModifyListViewRequest
        {
            This = _view,
            Add = [added],
            Remove = removed.Count == 0 ? null : removed,
        }).ConfigureAwait(false) ?? [];

    /// <summary>Waits for changes; empty when there were none for a while.</summary>
    public async Task<IReadOnlyList<ObjectUpdate>> NextAsync(int maxWaitSeconds)
    {
        UpdateSet? set = await _client.InvokeAsync(new WaitForUpdatesExRequest
        {
            This = _collector,
            Version = _version,
            Options = new WaitOptions { MaxWaitSeconds = maxWaitSeconds },
        }).ConfigureAwait(false);
        _version = set?.Version ?? _version;
        return [.. (set?.FilterSet ?? []).SelectMany(filter => filter.ObjectSet ?? [])];
    }

    /// <summary>Removes collector and view from the server, if it still answers.</summary>
    public async Task ReleaseAsync()
    {
        await _client.ReleaseAsync(new DestroyPropertyCollectorRequest { This = _collector }).ConfigureAwait(false);
        await _client.ReleaseAsync(new DestroyViewRequest { This = _view }).ConfigureAwait(false);
    }
}
