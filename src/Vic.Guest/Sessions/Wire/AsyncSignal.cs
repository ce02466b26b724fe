namespace Vic.Guest.Sessions.Wire;

/// <summary>Wakes one waiter; a signal given while nobody waits is kept.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private bool isSet;

    internal void Set()
    {
        lock (gate)
        {
            isSet = true;
            waiter?.TrySetResult();
        }
    }

    /// <summary>True when the signal was given, false when the time is over.</summary>
    internal async ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task wait;
        lock (gate)
        {
            if (isSet)
            {
                isSet = false;
                return true;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = waiter.Task;
        }

        try
        {
            await wait.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }

        lock (gate)
            isSet = false;
        return true;
    }
}
