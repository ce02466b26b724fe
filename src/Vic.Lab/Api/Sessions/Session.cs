using Vic.Lab.Authorization;
using Vic.Lab.PropertyCollection;

namespace Vic.Lab.Api.Sessions;

/// <summary>A logged-in client.</summary>
internal sealed class Session(string cookie, UserAccount account, DateTimeOffset now, string address, string userAgent)
{
    private long lastActiveTicks = now.UtcTicks;
    private readonly Dictionary<object, Action> endings = [];
    private bool ended;
    private long callCount;
    private int activeCalls;

    /// <summary>The secret in the client's cookie.</summary>
    public string Cookie { get; } = cookie;

    /// <summary>The public key of the session.</summary>
    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>Whose session it is.</summary>
    public UserAccount Account { get; } = account;

    public string UserName => Account.Name;

    public DateTimeOffset LoginTime { get; } = now;

    public string Address { get; } = address;

    public string UserAgent { get; } = userAgent;

    /// <summary>Property collectors and views of the session: they end with it.</summary>
    public SessionObjects Objects { get; } = new();

    public DateTimeOffset LastActive => new(Interlocked.Read(ref lastActiveTicks), TimeSpan.Zero);

    public int ActiveCalls => Volatile.Read(ref activeCalls);

    public long CallCount => Interlocked.Read(ref callCount);

    /// <summary>Has something done when the session ends, once for each owner; at once when it has ended already.</summary>
    public void AtEnd(object owner, Action action)
    {
        lock (endings)
        {
            if (!ended)
            {
                endings[owner] = action;
                return;
            }
        }

        action();
    }

    public bool HasEnded
    {
        get
        {
            lock (endings)
            {
                return ended;
            }
        }
    }

    /// <summary>Ends what belongs to the session.</summary>
    public void End()
    {
        List<Action> actions;
        lock (endings)
        {
            ended = true;
            actions = [.. endings.Values];
            endings.Clear();
        }

        Objects.Dispose();
        actions.ForEach(action => action());
    }

    public void BeginCall(DateTimeOffset time)
    {
        Interlocked.Increment(ref callCount);
        Interlocked.Increment(ref activeCalls);
        Interlocked.Exchange(ref lastActiveTicks, time.UtcTicks);
    }

    public void EndCall(DateTimeOffset time)
    {
        Interlocked.Decrement(ref activeCalls);
        Interlocked.Exchange(ref lastActiveTicks, time.UtcTicks);
    }
}
