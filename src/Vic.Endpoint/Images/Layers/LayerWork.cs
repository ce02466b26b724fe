namespace Vic.Endpoint.Images.Layers;

/// <summary>One layer in the making, for everybody who waits for it. Joined and left under the store's lock or its own.</summary>
internal sealed class LayerWork : ILayerProgress, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ILayerProgress> _listeners = [];
    private readonly CancellationTokenSource _cancellation = new();
    private (string Status, long Current, long Total)? _last;
    private Task<long>? _task;

    /// <summary>Whether everybody left, so that the work is being taken back.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Ends with the work, whether it succeeded or not.</summary>
    public Task Completion => _task!;

    public void Start(Func<CancellationToken, Task<long>> run) => _task = run(_cancellation.Token);

    public void Join(ILayerProgress progress)
    {
        lock (_lock)
        {
            _listeners.Add(progress);
            if (_last is var (status, current, total))
            {
                progress.Report(status, current, total);
            }
        }
    }

    public void Report(string status, long current, long total)
    {
        lock (_lock)
        {
            _last = (status, current, total);
            _listeners.ForEach(listener => listener.Report(status, current, total));
        }
    }

    /// <summary>Waits for the work. Who leaves last takes it back, and waits until nothing is left of it.</summary>
    public async Task<long> WaitAsync(ILayerProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _task!.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (Leave(progress))
            {
                await _cancellation.CancelAsync().ConfigureAwait(false);
                await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            throw;
        }
    }

    /// <summary>The work is over; whatever it still waits for, it waits no more.</summary>
    public Task EndAsync() => _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();

    private bool Leave(ILayerProgress progress)
    {
        lock (_lock)
        {
            _listeners.Remove(progress);
            IsAbandoned = _listeners.Count == 0;
            return IsAbandoned;
        }
    }
}
