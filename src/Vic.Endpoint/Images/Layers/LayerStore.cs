namespace Vic.Endpoint.Images.Layers;

/// <summary>
/// Which layers are whole, which are being made, and which must stay. A layer is made once, however many pulls want it; work that
/// nobody waits for any more is cancelled.
/// </summary>
internal sealed class LayerStore : IDisposable
{
    private readonly ILayerDisks _disks;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _complete;
    private readonly Dictionary<string, long> _sizes = [];
    private readonly Dictionary<string, LayerWork> _underWay = [];
    private readonly Dictionary<string, int> _pins = [];

    // Pulls pin layers and removals take them away; neither may see the other half done.
    private readonly SemaphoreSlim _removing = new(1, 1);

    private LayerStore(ILayerDisks disks, IEnumerable<string> complete)
    {
        _disks = disks;
        _complete = [.. complete];
    }

    /// <summary>Opens the store and tidies it up.</summary>
    public static async Task<LayerStore> OpenAsync(ILayerDisks disks, CancellationToken cancellationToken) =>
        new(disks, await disks.OpenAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The disk of a layer; null means the empty one.</summary>
    public string PathOf(string? layer) => _disks.PathOf(layer);

    /// <summary>The size of a whole layer; null when it is not whole. <paramref name="remembered"/> is what an image says of it.</summary>
    public long? FindSize(string layer, long? remembered)
    {
        lock (_lock)
        {
            return !_complete.Contains(layer) ? null : _sizes.TryGetValue(layer, out var size) ? size : remembered;
        }
    }

    /// <summary>Keeps layers, those that are not made yet too, until the result is disposed.</summary>
    public async Task<IDisposable> PinAsync(IReadOnlyList<string> layers, CancellationToken cancellationToken)
    {
        await _removing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                foreach (var layer in layers)
                {
                    _pins[layer] = _pins.GetValueOrDefault(layer) + 1;
                }
            }
        }
        finally
        {
            _removing.Release();
        }

        return new LayerPin(() => Unpin(layers));
    }

    /// <summary>
    /// Waits until a layer is whole, making it with <paramref name="make"/> unless somebody else does already; then
    /// <paramref name="progress"/> hears of that work. <paramref name="make"/> is given a task that ends when the parent is whole;
    /// the parent's making must have been asked for before. The result is the layer's size.
    /// </summary>
    public async Task<long> MakeAsync(
        string layer,
        string? parent,
        ILayerProgress progress,
        Func<ILayerProgress, Task, CancellationToken, Task<long>> make,
        CancellationToken cancellationToken)
    {
        LayerWork work;
        lock (_lock)
        {
            if (_sizes.TryGetValue(layer, out var size))
            {
                progress.Report("Pull complete", 0, 0);
                return size;
            }

            var existing = _underWay.GetValueOrDefault(layer);
            work = existing is { IsAbandoned: false } ? existing : new LayerWork();
            work.Join(progress);
            if (work != existing)
            {
                // What is being taken back must be gone before it is made anew.
                var before = existing?.Completion ?? Task.CompletedTask;
                _underWay[layer] = work;
                work.Start(token =>
                {
                    var parentIsWhole = JoinParent(parent, token);
                    return RunAsync(layer, work, before, parentIsWhole, () => make(work, parentIsWhole, token));
                });
            }
        }

        return await work.WaitAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the disk of a layer; called by the work that <see cref="MakeAsync"/> started.</summary>
    public Task<long> WriteAsync(string layer, string? parent, Func<string, CancellationToken, Task<long>> fill, CancellationToken cancellationToken) =>
        _disks.AddAsync(layer, parent, fill, cancellationToken);

    /// <summary>Removes layers that nobody needs and names them in the order in which they went.</summary>
    /// <param name="candidates">Chooses from all whole layers those that may go, children before their parents.</param>
    /// <param name="needed">Asked for the layers that must stay, once no pull can change that.</param>
    /// <param name="cancellationToken">Ends the work between two layers.</param>
    public async Task<IReadOnlyList<string>> CollectAsync(
        Func<IReadOnlyCollection<string>, IEnumerable<string>> candidates, Func<IReadOnlySet<string>> needed, CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        await _removing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<string> doomed;
            lock (_lock)
            {
                var keep = needed();
                doomed = [.. candidates([.. _complete]).Where(layer => _complete.Contains(layer) && !keep.Contains(layer) && !_pins.ContainsKey(layer))];
            }

            foreach (var layer in doomed)
            {
                lock (_lock)
                {
                    _complete.Remove(layer);
                    _sizes.Remove(layer);
                }

                await _disks.RemoveAsync(layer, cancellationToken).ConfigureAwait(false);
                removed.Add(layer);
            }
        }
        finally
        {
            _removing.Release();
        }

        return removed;
    }

    public void Dispose() => _removing.Dispose();

    private async Task<long> RunAsync(string layer, LayerWork work, Task before, Task parentIsWhole, Func<Task<long>> make)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            var size = await make().ConfigureAwait(false);
            lock (_lock)
            {
                _complete.Add(layer);
                _sizes[layer] = size;
            }

            return size;
        }
        finally
        {
            lock (_lock)
            {
                if (_underWay.GetValueOrDefault(layer) == work)
                {
                    _underWay.Remove(layer);
                }
            }

            // Who took this layer back may also have been the last to wait for its parent; then that is taken back as well.
            await work.EndAsync().ConfigureAwait(false);
            await parentIsWhole.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A layer in the making is one of those who wait for its parent, so that the parent goes on when the pull that started it is gone.
    private Task JoinParent(string? parent, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (parent is null || _complete.Contains(parent))
            {
                return Task.CompletedTask;
            }

            if (_underWay.GetValueOrDefault(parent) is not { IsAbandoned: false } work)
            {
                return Task.FromCanceled(new CancellationToken(canceled: true));
            }

            var silence = new SilentProgress();
            work.Join(silence);
            return work.WaitAsync(silence, cancellationToken);
        }
    }

    private void Unpin(IReadOnlyList<string> layers)
    {
        lock (_lock)
        {
            foreach (var layer in layers)
            {
                if (--_pins[layer] == 0)
                {
                    _pins.Remove(layer);
                }
            }
        }
    }
}
