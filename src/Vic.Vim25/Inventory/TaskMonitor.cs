namespace Vic.Vim25;

/// <summary>
/// Follows all tasks that the callers of one client wait for through one list view, one filter and one wait on the server, however many
/// they are. Its collector is its own, so that it takes no updates of others who share the session.
/// </summary>
internal sealed class TaskMonitor(VimClient client)
{
    /// <summary>A wait ends empty after this time and is begun anew; a server that went away is noticed by then.</summary>
    private const int MaxWaitSeconds = 120;

    /// <summary>What tells the end of a task; progress is left out, because each percent would be a round trip.</summary>
    private static readonly string[] Paths = ["info.name", "info.descriptionId", "info.state", "info.error", "info.result"];

    private readonly object _gate = new();
    private readonly Dictionary<ManagedObjectReference, FollowedTask> _followed = [];
    private TaskList? _list;
    private Task _lastEntry = Task.CompletedTask;

    /// <summary>Waits until a task has ended, well or badly.</summary>
    /// <exception cref="VimFaultException">The server does not know the task, or refuses to tell of it.</exception>
    public async Task<TaskInfo> WaitAsync(ManagedObjectReference task, CancellationToken cancellationToken)
    {
        FollowedTask followed = Follow(task);
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        try
        {
            Task first = await Task.WhenAny(followed.Ended, cancelled.Task).ConfigureAwait(false);
            return first == followed.Ended
                ? await followed.Ended.ConfigureAwait(false)
                : throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                followed.Waiters--;
            }
        }
    }

    private FollowedTask Follow(ManagedObjectReference task)
    {
        lock (_gate)
        {
            bool isNew = !_followed.TryGetValue(task, out FollowedTask? followed);
            if (followed is null)
            {
                followed = new FollowedTask();
                _followed.Add(task, followed);
            }

            followed.Waiters++;
            if (isNew)
            {
                Enter(task, followed);
            }
            else if (!followed.Ended.IsCompleted)
            {
                // The reader stops when nobody waits; whoever joins a task that was given up sets it going again.
                StartReading();
            }

            return followed;
        }
    }

    /// <summary>Called with the lock held. One after the other: the list is made once, and each change knows what the one before has taken out.</summary>
    private void Enter(ManagedObjectReference task, FollowedTask followed)
    {
        Task before = _lastEntry;
        _lastEntry = Task.Run(() => EnterAsync(before, task, followed));
    }

    /// <summary>Puts a task into the list, and takes out those that have ended or that nobody waits for any more.</summary>
    private async Task EnterAsync(Task before, ManagedObjectReference task, FollowedTask followed)
    {
        await before.ConfigureAwait(false);
        try
        {
            TaskList list = _list ??= await TaskList.CreateAsync(client, Paths).ConfigureAwait(false);
            List<ManagedObjectReference> unknown = await list.ChangeAsync(task, Forget(except: followed)).ConfigureAwait(false);
            if (unknown.Contains(task))
            {
                followed.Fail(Unknown(task));
            }

            lock (_gate)
            {
                StartReading();
            }
        }
        catch (Exception e)
        {
            Abandon(_list, e);
        }
    }

    private List<ManagedObjectReference> Forget(FollowedTask except)
    {
        lock (_gate)
        {
            List<ManagedObjectReference> done =
                [.. _followed.Where(entry => entry.Value != except && entry.Value.IsEntered && entry.Value.IsDone).Select(entry => entry.Key)];
            done.ForEach(task => _followed.Remove(task));
            except.IsEntered = true;
            return done;
        }
    }

    /// <summary>Called with the lock held.</summary>
    private void StartReading()
    {
        if (_list is { IsRead: false } list)
        {
            list.IsRead = true;
            _ = ReadAsync(list);
        }
    }

    private async Task ReadAsync(TaskList list)
    {
        try
        {
            while (IsWorthReading(list))
            {
                foreach (ObjectUpdate update in await list.NextAsync(MaxWaitSeconds).ConfigureAwait(false))
                {
                    Apply(update);
                }
            }
        }
        catch (Exception e)
        {
            Abandon(list, e);
        }
    }

    private bool IsWorthReading(TaskList list)
    {
        lock (_gate)
        {
            return list.IsRead = list == _list && _followed.Values.Any(followed => !followed.IsDone);
        }
    }

    private void Apply(ObjectUpdate update)
    {
        lock (_gate)
        {
            if (!_followed.TryGetValue(update.Obj, out FollowedTask? followed))
            {
                return;
            }

            if (update.Kind == ObjectUpdateKind.Leave)
            {
                followed.Fail(Unknown(update.Obj));
                return;
            }

            foreach (PropertyChange change in update.ChangeSet ?? [])
            {
                followed.Apply(change);
            }

            followed.EndIfOver();
        }
    }

    /// <summary>
    /// The list is lost. A task outlives the session, so with a new session the waits go on by a new list; else, with a broken connection or an
    /// ended session, everybody who waits is told, and the next one begins anew.
    /// </summary>
    private void Abandon(TaskList? list, Exception reason)
    {
        lock (_gate)
        {
            if (list != _list)
            {
                // Its successor serves already.
                return;
            }

            _list = null;
            if (list is { IsOutlived: true })
            {
                foreach (KeyValuePair<ManagedObjectReference, FollowedTask> followed in _followed.Where(entry => !entry.Value.IsDone))
                {
                    Enter(followed.Key, followed.Value);
                }

                return;
            }

            foreach (FollowedTask followed in _followed.Values)
            {
                followed.Fail(reason);
            }

            _followed.Clear();
            _ = list?.ReleaseAsync();
        }
    }

    private static VimFaultException Unknown(ManagedObjectReference task) =>
        new(new ManagedObjectNotFound { Obj = task }, "The task is no longer known to the server");
}
