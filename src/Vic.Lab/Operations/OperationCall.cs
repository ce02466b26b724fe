using Vic.Lab.Api.Sessions;

namespace Vic.Lab.Operations;

/// <summary>One call of a method: who calls, and what the answer's head will say.</summary>
/// <param name="session">The caller's session; null when nobody logged in.</param>
/// <param name="address">The caller's address.</param>
/// <param name="userAgent">The caller's user agent.</param>
/// <param name="cancellationToken">Cancelled when the caller is gone or the lab ends.</param>
internal sealed class OperationCall(Session? session, string address, string userAgent, CancellationToken cancellationToken)
{
    public Session? CurrentSession { get; private set; } = session;

    /// <summary>The caller's session; only for methods that demand one.</summary>
    public Session Session => CurrentSession ?? throw new InvalidOperationException("The method may be called without a session.");

    public string Address { get; } = address;

    public string UserAgent { get; } = userAgent;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether a new session's cookie must be sent.</summary>
    public bool SessionChanged { get; private set; }

    public void ChangeSession(Session? session)
    {
        CurrentSession = session;
        SessionChanged = true;
    }
}
