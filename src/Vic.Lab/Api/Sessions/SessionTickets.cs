using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vic.Lab.Authorization;

namespace Vic.Lab.Api.Sessions;

/// <summary>
/// Tickets that stand for a session, each for one use within two minutes: a clone ticket opens another session of the same user, a service ticket
/// allows one HTTP request of one method on one URL.
/// </summary>
internal sealed class SessionTickets(TimeProvider time)
{
    private const int Limit = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Ticket> tickets = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>A ticket with which another client opens a session of the same user, while this session lasts.</summary>
    public string IssueClone(Session session) => Issue("cst-VCT-" + NewSecret(), new CloneTicket(session, time.GetUtcNow() + Lifetime));

    public Session? RedeemClone(string text) => TryTake<CloneTicket>(text, out var ticket) && !ticket.Session.HasEnded ? ticket.Session : null;

    /// <summary>A ticket for one request of one method on one URL of the datastore service.</summary>
    public string IssueService(Session session, string method, Uri url)
        => Issue(NewSecret(), new ServiceTicket(session.Account, method, Target(url.PathAndQuery), time.GetUtcNow() + Lifetime));

    /// <summary>The user who may make a request with a ticket; null when the ticket is not for it, which uses it up all the same.</summary>
    public UserAccount? RedeemService(string text, string method, string pathAndQuery)
        => TryTake<ServiceTicket>(text, out var ticket)
            && string.Equals(ticket.Method, method, StringComparison.OrdinalIgnoreCase)
            && string.Equals(ticket.Target, Target(pathAndQuery), StringComparison.Ordinal)
            ? ticket.User
            : null;

    private string Issue(string text, Ticket ticket)
    {
        lock (gate)
        {
            while (order.TryPeek(out var oldest) && (order.Count >= Limit || !tickets.TryGetValue(oldest, out var kept) || kept.Expires <= time.GetUtcNow()))
            {
                tickets.Remove(order.Dequeue());
            }

            tickets[text] = ticket;
            order.Enqueue(text);
            return text;
        }
    }

    private bool TryTake<T>(string text, [NotNullWhen(true)] out T? ticket)
        where T : Ticket
    {
        lock (gate)
        {
            ticket = tickets.GetValueOrDefault(text) as T;
            return ticket is not null && tickets.Remove(text) && ticket.Expires > time.GetUtcNow();
        }
    }

    private static string Target(string pathAndQuery) => Uri.UnescapeDataString(pathAndQuery);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private abstract record Ticket(DateTimeOffset Expires);

    private sealed record CloneTicket(Session Session, DateTimeOffset Expires) : Ticket(Expires);

    private sealed record ServiceTicket(UserAccount User, string Method, string Target, DateTimeOffset Expires) : Ticket(Expires);
}
