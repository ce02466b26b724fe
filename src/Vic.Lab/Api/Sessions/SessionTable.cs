using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Vic.Lab.Api.Sessions;

/// <summary>The sessions of the lab, found by their cookie; one that made no call for the idle limit is gone.</summary>
internal sealed class SessionTable(string userName, string password, TimeSpan idleLimit, TimeProvider time) : IDisposable
{
    private const int SessionLimit = 1000;
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CloneTicket> cloneTickets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServiceTicket> serviceTickets = new(StringComparer.Ordinal);

    public string UserName => userName;

    public int Count => sessions.Count;

    public IEnumerable<Session> All => sessions.Values;

    /// <summary>Checks name and password in constant time.</summary>
    public bool Accepts(string name, string secret)
    {
        var sameName = CryptographicOperations.FixedTimeEquals(Digest(name.ToUpperInvariant()), Digest(userName.ToUpperInvariant()));
        var samePassword = CryptographicOperations.FixedTimeEquals(Digest(secret), Digest(password));
        return sameName & samePassword;
    }

    /// <summary>Opens a session, or returns null when there are too many.</summary>
    public Session? Open(string user, string address, string userAgent)
    {
        Sweep();
        if (sessions.Count >= SessionLimit)
        {
            return null;
        }

        var session = new Session(NewSecret(), user, time.GetUtcNow(), address, userAgent);
        sessions[session.Cookie] = session;
        return session;
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
        }
    }

    /// <summary>A ticket with which another client opens a session of the same user, once, within two minutes.</summary>
    public string IssueCloneTicket(Session session)
    {
        Sweep();
        var ticket = "cst-" + NewSecret();
        cloneTickets[ticket] = new CloneTicket(session.UserName, time.GetUtcNow() + TicketLifetime);
        return ticket;
    }

    public string? RedeemCloneTicket(string ticket)
        => cloneTickets.TryRemove(ticket, out var found) && found.Expires > time.GetUtcNow() ? found.UserName : null;

    /// <summary>A ticket for one request of one method on one URL of the datastore service.</summary>
    public string IssueServiceTicket(Session session, string method, string url)
    {
        Sweep();
        var ticket = NewSecret();
        serviceTickets[ticket] = new ServiceTicket(session.UserName, method, url, time.GetUtcNow() + TicketLifetime);
        return ticket;
    }

    public bool RedeemServiceTicket(string ticket, string method, string pathAndQuery)
        => serviceTickets.TryRemove(ticket, out var found)
            && found.Expires > time.GetUtcNow()
            && string.Equals(found.Method, method, StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(found.Url, UriKind.Absolute, out var url)
            && string.Equals(Uri.UnescapeDataString(url.PathAndQuery), Uri.UnescapeDataString(pathAndQuery), StringComparison.Ordinal);

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            Close(session);
        }
    }

    private bool IsExpired(Session session)
        => session.ActiveCalls == 0 && time.GetUtcNow() - session.LastActive > idleLimit;

    private void Sweep()
    {
        foreach (var session in sessions.Values.Where(IsExpired))
        {
            Close(session);
        }

        var now = time.GetUtcNow();
        foreach (var (ticket, _) in cloneTickets.Where(entry => entry.Value.Expires < now))
        {
            cloneTickets.TryRemove(ticket, out _);
        }

        foreach (var (ticket, _) in serviceTickets.Where(entry => entry.Value.Expires < now))
        {
            serviceTickets.TryRemove(ticket, out _);
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private sealed record CloneTicket(string UserName, DateTimeOffset Expires);

    private sealed record ServiceTicket(string UserName, string Method, string Url, DateTimeOffset Expires);
}
