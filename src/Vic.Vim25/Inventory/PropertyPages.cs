using System.Diagnostics.CodeAnalysis;

namespace Vic.Vim25;

/// <summary>
/// Properties of many objects, a page at a time. While the caller looks at a page the next one is on its way; no more than these two are
/// held. It is for one caller at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "CloseAsync disposes of it.")]
public sealed class PropertyPages
#if NET
    : IAsyncDisposable
#endif
{
    /// <summary>Objects in one page, unless the server's own limit is lower.</summary>
    private const int PageSize = 250;

    private readonly VimClient _client;
    private readonly PropertyFilterSpec _filter;
    private readonly ManagedObjectReference? _view;
    private readonly CancellationTokenSource _closing = new();
    private Task<RetrieveResult?>? _next;
    private string? _token;
    private bool _isAtEnd;

    internal PropertyPages(VimClient client, PropertyFilterSpec filter, ManagedObjectReference? view = null)
    {
        _client = client;
        _filter = filter;
        _view = view;
    }

    /// <summary>Reads the next page.</summary>
    /// <returns>The objects, or null behind the last page.</returns>
    /// <exception cref="VimFaultException">The server refused the filter, or the session has ended.</exception>
    public async Task<IReadOnlyList<ObjectProperties>?> NextAsync(CancellationToken cancellationToken = default)
    {
        if (_isAtEnd)
        {
            return null;
        }

        using CancellationTokenRegistration given = cancellationToken.Register(_closing.Cancel);
        RetrieveResult? page;
        try
        {
            page = await (_next ?? FirstAsync()).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }

        _token = page?.Token is { Length: > 0 } token ? token : null;
        _next = _token is null ? null : FollowingAsync(_token);
        _isAtEnd = _token is null;
        return page is null ? null : [.. (page.Objects ?? []).Select(content => new ObjectProperties(content))];
    }

    /// <summary>Tells the server that the rest is not wanted, and gives back what was made on it for the reading.</summary>
    public async Task CloseAsync()
    {
        _isAtEnd = true;
        _closing.Cancel();
        if (_next is { } next)
        {
            _next = null;
            await Task.WhenAny(next).ConfigureAwait(false);
            _ = next.Exception;
            _token = next.Status == TaskStatus.RanToCompletion ? next.Result?.Token : _token;
        }

        if (_token is { Length: > 0 } rest)
        {
            _token = null;
            await _client.ReleaseAsync(new CancelRetrievePropertiesExRequest { This = _client.Content.PropertyCollector, Token = rest }).ConfigureAwait(false);
        }

        if (_view is { } view)
        {
            await _client.ReleaseAsync(new DestroyViewRequest { This = view }).ConfigureAwait(false);
        }

        _closing.Dispose();
    }

#if NET
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseAsync());
#endif

    private Task<RetrieveResult?> FirstAsync() => _client.InvokeAsync(
        new RetrievePropertiesExRequest
        {
            This = _client.Content.PropertyCollector,
            SpecSet = [_filter],
            Options = new RetrieveOptions { MaxObjects = PageSize },
        },
        _closing.Token);

    private async Task<RetrieveResult?> FollowingAsync(string token) => await _client.InvokeAsync(
        new ContinueRetrievePropertiesExRequest { This = _client.Content.PropertyCollector, Token = token }, _closing.Token).ConfigureAwait(false);
}
