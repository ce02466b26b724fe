namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The power state of one VM as vSphere last told it.</summary>
internal sealed class MachinePower
{
    private readonly Lock _gate = new();
    private bool? _isOn;
    private DateTime? _booted;
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

    /// <summary>Takes over what vSphere tells.</summary>
    /// <param name="isOn">Whether the VM is on; null when this is not told.</param>
    /// <param name="booted">
    /// When it was powered on; null when this is not told. A VM that is on as before, but since another time, was off in between.
    /// </param>
    public void Report(bool? isOn, DateTime? booted)
    {
        bool ended;
        lock (_gate)
        {
            var isOnNow = isOn ?? _isOn;
            var isAnotherRun = isOnNow == true && (_isOn != true || (booted is not null && _booted is not null && booted != _booted));
            ended = _isOn == true && (isAnotherRun || isOnNow == false);
            _run += isAnotherRun ? 1 : 0;
            _isOn = isOnNow;

            // The time may be told after the state, and must not be taken for that of a further run.
            _booted = isOnNow == false ? null : booted ?? _booted;
            Signal();
        }

        if (ended)
        {
            Ended?.Invoke();
        }
    }

    /// <summary>Another run has begun without that vSphere told an end of the one before: a reset leaves the VM on, and its time as it was.</summary>
    public void ReportRestarted()
    {
        lock (_gate)
        {
            if (_isOn != true || _isGone)
            {
                return;
            }

            // Was it switched off and on, then vSphere tells the new time later.
            _booted = null;
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
