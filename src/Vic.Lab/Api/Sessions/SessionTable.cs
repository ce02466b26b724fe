using System.Collections.Concurrent;
using System.Security.Cryptography;
using Vic.Lab.Authorization;

namespace Vic.Lab.Api.Sessions;

/// <summary>
/// The sessions of the lab, found by their cookie. One that made no call for the idle limit is gone; clients that never log out are refused more than
/// the limit, and the sessions that are open go on.
/// </summary>
internal sealed class SessionTable(TimeSpan idleLimit, int sessionLimit, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private readonly Lock opening = new();

    public int Count => sessions.Count;

    public IEnumerable<Session> All => sessions.Values;

    /// <summary>Is told of a session that has ended.</summary>
    public event Action<Session>? Ended;

    /// <summary>Opens a session, or returns null when there are too many.</summary>
    public Session? Open(UserAccount user, string address, string userAgent)
    {
        // Outside of the lock: what hears of an end takes locks of its own.
        foreach (var expired in sessions.Values.Where(IsExpired))
        {
            Close(expired);
        }

        lock (opening)
        {
            if (sessions.Count >= sessionLimit)
            {
                return null;
            }

            var session = new Session(NewSecret(), user, time.GetUtcNow(), address, userAgent);
            sessions[session.Cookie] = session;
            return session;
        }
    }

    public Session? Find(string cookie)
    {
        if (!sessions.TryGetValue(cookie, out var session))
        {
            return null;
        }

        if (!IsExpired(session))
        {
            return session;
        }

        Close(session);
        return null;
    }

    public void Close(Session session)
    {
        if (sessions.TryRemove(session.Cookie, out _))
        {
            session.End();
            Ended?.Invoke(session);
        }
    }

    /// <summary>Ends every session.</summary>
    public int CloseAll()
    {
        var closed = sessions.Values.ToList();
        closed.ForEach(Close);
        return closed.Count;
    }

    public void Dispose() => CloseAll();

    private bool IsExpired(Session session)
        => session.ActiveCalls == 0 && time.GetUtcNow() - session.LastActive > idleLimit;

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
