namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The power state of one VM as vSphere last told it.</summary>
internal sealed class MachinePower
{
    private readonly Lock _gate = new();
    private bool? _isOn;
    private bool _isGone;
    private int _run;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Raised when a run of the VM is over: it goes off or away, or another run has begun.</summary>
    public event Action? Ended;

    /// <summary>Whether the VM is on.</summary>
    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return _isOn == true && !_isGone;
            }
        }
    }

    /// <summary>Takes a state over.</summary>
    public void Report(bool isOn)
    {
        bool ended;
        lock (_gate)
        {
            ended = _isOn == true && !isOn;
            _run += _isOn != true && isOn ? 1 : 0;
            _isOn = isOn;
            Signal();
        }

        if (ended)
        {
            Ended?.Invoke();
        }
    }

    /// <summary>Another run has begun without that vSphere told an end of the one before: a reset leaves the VM on.</summary>
    public void ReportRestarted()
    {
        lock (_gate)
        {
            if (_isOn != true || _isGone)
            {
                return;
            }

            _run++;
            Signal();
        }

        Ended?.Invoke();
    }

    /// <summary>The VM does not exist any more.</summary>
    public void ReportGone()
    {
        lock (_gate)
        {
            _isGone = true;
            Signal();
        }

        Ended?.Invoke();
    }

    /// <summary>Waits until vSphere has told the state once.</summary>
    public Task WaitUntilKnownAsync(CancellationToken cancellationToken) => WaitAsync(() => _isOn is not null || _isGone, cancellationToken);

    /// <summary>Waits until the VM is on, whoever has powered it on, in another run than a known one.</summary>
    /// <returns>The number of the run; null when the VM is gone.</returns>
    public async Task<int?> WaitForRunAsync(int known, CancellationToken cancellationToken)
    {
        await WaitAsync(() => (_isOn == true && _run != known) || _isGone, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return _isGone ? null : _run;
        }
    }

    /// <summary>Waits until the VM is off, or was: somebody may have powered it on again at once. False when it is gone.</summary>
    public async Task<bool> WaitUntilOffAsync(CancellationToken cancellationToken)
    {
        int run;
        lock (_gate)
        {
            run = _run;
        }

        await WaitAsync(() => _isOn == false || _isGone || _run != run, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return !_isGone;
        }
    }

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
