namespace Vic.Vim25;

/// <summary>Reads properties of many objects in few round trips.</summary>
public static class PropertyRetrieval
{
    /// <summary>Reads properties of one object.</summary>
    /// <param name="client">The session.</param>
    /// <param name="reference">The object.</param>
    /// <param name="paths">Property paths, for example <c>config.hardware.device</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="VimFaultException">The fault is a <see cref="ManagedObjectNotFound"/> when the object is gone.</exception>
    public static async Task<ObjectProperties> RetrieveAsync(
        this VimClient client, ManagedObjectReference reference, IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        List<ObjectProperties> found = await client.RetrieveAsync([reference], paths, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : new ObjectProperties(new ObjectContent { Obj = reference });
    }

    /// <summary>Reads the same properties of several objects, which may differ in type. A path need not exist in all of the types.</summary>
    public static Task<List<ObjectProperties>> RetrieveAsync(
        this VimClient client,
        IReadOnlyCollection<ManagedObjectReference> references,
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken = default) =>
        references.Count == 0
            ? Task.FromResult(new List<ObjectProperties>())
            : client.RetrieveAsync(PropertyFilters.ForObjects(references, paths), cancellationToken);

    /// <summary>Reads one property.</summary>
    /// <returns>The value, or the default when it is not set or of another type.</returns>
    public static async Task<T?> GetPropertyAsync<T>(
        this VimClient client, ManagedObjectReference reference, string path, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ObjectProperties found = await client.RetrieveAsync(reference, [path], cancellationToken).ConfigureAwait(false);
        return found.Get<T>(path);
    }

    /// <summary>Reads properties of all objects of a type in a folder, datacenter, cluster or pool, however deep.</summary>
    /// <param name="client">The session.</param>
    /// <param name="type">The type of managed object, for example <c>VirtualMachine</c>; those derived from it count too.</param>
    /// <param name="paths">Property paths.</param>
    /// <param name="container">Where to look; everywhere when left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<List<ObjectProperties>> RetrieveAllAsync(
        this VimClient client,
        string type,
        IReadOnlyList<string> paths,
        ManagedObjectReference? container = null,
        CancellationToken cancellationToken = default) =>
        await client.RetrieveAllAsync([PropertyFilters.Properties(type, paths)], container, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads properties of all objects of several types at once.</summary>
    /// <param name="client">The session.</param>
    /// <param name="properties">The types, and what to read of each.</param>
    /// <param name="container">Where to look; everywhere when left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<List<ObjectProperties>> RetrieveAllAsync(
        this VimClient client,
        IReadOnlyList<PropertySpec> properties,
        ManagedObjectReference? container = null,
        CancellationToken cancellationToken = default)
    {
        List<string> types = [.. properties.Select(spec => spec.Type)];
        ManagedObjectReference view = await client.CreateContainerViewAsync(types, container, cancellationToken).ConfigureAwait(false);
        try
        {
            return await client.RetrieveAsync(PropertyFilters.ForView(view, properties), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await client.ReleaseAsync(new DestroyViewRequest { This = view }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what a filter selects, page by page, into one list.</summary>
    public static async Task<List<ObjectProperties>> RetrieveAsync(
        this VimClient client, PropertyFilterSpec filter, CancellationToken cancellationToken = default)
    {
        var found = new List<ObjectProperties>();
        PropertyPages pages = client.ReadPages(filter);
        try
        {
            while (await pages.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
            {
                found.AddRange(page);
            }

            return found;
        }
        finally
        {
            await pages.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads what a filter selects in pages that the caller asks for one after the other.</summary>
    public static PropertyPages ReadPages(this VimClient client, PropertyFilterSpec filter) => new(client, filter);

    /// <summary>Reads properties of all objects of a type below a container in pages that the caller asks for one after the other.</summary>
    /// <inheritdoc cref="RetrieveAllAsync(VimClient, string, IReadOnlyList{string}, ManagedObjectReference?, CancellationToken)"/>
    public static async Task<PropertyPages> ReadAllPagesAsync(
        this VimClient client,
        string type,
        IReadOnlyList<string> paths,
        ManagedObjectReference? container = null,
        CancellationToken cancellationToken = default)
    {
        ManagedObjectReference view = await client.CreateContainerViewAsync(type, container, cancellationToken).ConfigureAwait(false);
        return new PropertyPages(client, PropertyFilters.ForView(view, type, paths), view);
    }

#if NET
    /// <summary>Reads what a filter selects, page by page, holding one page and asking for the next.</summary>
    public static IAsyncEnumerable<ObjectProperties> StreamAsync(
        this VimClient client, PropertyFilterSpec filter, CancellationToken cancellationToken = default) =>
        ReadToEndAsync(Task.FromResult(client.ReadPages(filter)), cancellationToken);

    /// <summary>Reads properties of all objects of a type below a container, page by page, holding one page and asking for the next.</summary>
    /// <inheritdoc cref="RetrieveAllAsync(VimClient, string, IReadOnlyList{string}, ManagedObjectReference?, CancellationToken)"/>
    public static IAsyncEnumerable<ObjectProperties> StreamAllAsync(
        this VimClient client,
        string type,
        IReadOnlyList<string> paths,
        ManagedObjectReference? container = null,
        CancellationToken cancellationToken = default) =>
        ReadToEndAsync(client.ReadAllPagesAsync(type, paths, container, cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<ObjectProperties> ReadToEndAsync(
        Task<PropertyPages> opening, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PropertyPages pages = await opening.ConfigureAwait(false);
        await using (pages.ConfigureAwait(false))
        {
            while (await pages.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
            {
                foreach (ObjectProperties item in page)
                {
                    yield return item;
                }
            }
        }
    }
#endif

    /// <summary>Creates a view of all objects of a type below a container. It lives until it is destroyed or the session ends.</summary>
    public static Task<ManagedObjectReference> CreateContainerViewAsync(
        this VimClient client, string type, ManagedObjectReference? container = null, CancellationToken cancellationToken = default) =>
        client.CreateContainerViewAsync([type], container, cancellationToken);

    private static Task<ManagedObjectReference> CreateContainerViewAsync(
        this VimClient client, List<string> types, ManagedObjectReference? container, CancellationToken cancellationToken) =>
        client.InvokeAsync(
            new CreateContainerViewRequest
            {
                This = client.Content.ViewManager ?? throw new VimConnectionException(client.Server, $"{client.Server.Host} offers no views."),
                Container = container ?? client.Content.RootFolder,
                Type = types,
                Recursive = true,
            },
            cancellationToken);

    /// <summary>Gives something on the server back, whatever became of the work it was for.</summary>
    internal static async Task ReleaseAsync(this VimClient client, VimRequest<NoResult> request, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        // Who has given up waits no longer than it takes a server that is well.
        using CancellationTokenRegistration givenUp = cancellationToken.Register(() => limit.CancelAfter(TimeSpan.FromSeconds(0.5)));
        try
        {
            await client.InvokeAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VimException or OperationCanceledException or ObjectDisposedException)
        {
            // The server drops it with the session; the outcome of the work itself is what counts.
        }
    }
}
