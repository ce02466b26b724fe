using Vic.Lab.Api.Sessions;
using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>SessionManager.</summary>
internal sealed class SessionOperations(LabWorld world)
{
    private const int ServiceTicketUrlLimit = 2048;

    public void AddTo(OperationTable table)
    {
        table.AddAnonymous<LoginRequest>(Login);
        table.AddAnonymous<LoginByTokenRequest>((_, _) => throw Faults.New(
            new InvalidLogin(), "The lab has no token service to ask whether a SAML token is good: log in with a user name and a password."));
        table.AddAnonymous<CloneSessionRequest>(CloneSession);
        table.Add<LogoutRequest, ServiceObject>(Logout);
        table.Add<SessionIsActiveRequest, ServiceObject>((_, _, request) => Find(request.SessionID) is { } session
            && world.Accounts.Find(request.UserName) == session.Account);
        table.Add<TerminateSessionRequest, ServiceObject>(Terminate);
        table.Add<AcquireCloneTicketRequest, ServiceObject>((call, _, _) => world.Tickets.IssueClone(call.Session));
        table.Add<AcquireGenericServiceTicketRequest, ServiceObject>(AcquireServiceTicket);
    }

    private object? Login(OperationCall call, LoginRequest request)
    {
        if (call.CurrentSession is not null)
        {
            Post(new AlreadyAuthenticatedSessionEvent(), request.UserName, $"{request.UserName} was logged in already.");
            throw Faults.InvalidState("The session is logged in already: log out first.");
        }

        if (world.Accounts.Authenticate(request.UserName, request.Password) is not { } user)
        {
            Post(new BadUsernameSessionEvent { IpAddress = call.Address }, request.UserName, $"Cannot log in {request.UserName}@{call.Address}.");
            throw Faults.InvalidLogin();
        }

        CheckAccess(call, user);
        return Open(call, user);
    }

    private object? CloneSession(OperationCall call, CloneSessionRequest request)
        => Open(call, world.Tickets.RedeemClone(request.CloneTicket)?.Account ?? throw Faults.InvalidLogin());

    private UserSession Open(OperationCall call, UserAccount user)
    {
        var session = world.Sessions.Open(user, call.Address, call.UserAgent)
            ?? throw Faults.InvalidState("There are too many sessions: log out of some, or wait until idle ones end.");
        call.ChangeSession(session);
        Post(
            new UserLoginSessionEvent { IpAddress = call.Address, UserAgent = call.UserAgent, Locale = SessionViews.Locale, SessionId = session.Key },
            user.Name,
            $"User {user.Name}@{call.Address} logged in as {call.UserAgent}.");
        return SessionViews.Of(session);
    }

    private object? Logout(OperationCall call, ServiceObject target, LogoutRequest request)
    {
        world.Sessions.Close(call.Session);
        call.ChangeSession(null);
        return null;
    }

    private object? Terminate(OperationCall call, ServiceObject target, TerminateSessionRequest request)
    {
        foreach (var key in request.SessionId)
        {
            if (key == call.Session.Key)
            {
                throw Faults.InvalidArgument("sessionId", "A session cannot terminate itself; log out instead.");
            }

            world.Sessions.Close(Find(key) ?? throw Faults.NotFound($"The session {key}"));
        }

        return null;
    }

    private object? AcquireServiceTicket(OperationCall call, ServiceObject target, AcquireGenericServiceTicketRequest request)
    {
        if (request.Spec is not SessionManagerHttpServiceRequestSpec { Url.Length: > 0 and < ServiceTicketUrlLimit } http
            || !Uri.TryCreate(http.Url, UriKind.Absolute, out var url))
        {
            throw Faults.InvalidArgument("spec", "A ticket is for one HTTP request: give its method and its whole URL.");
        }

        var method = string.IsNullOrEmpty(http.Method) ? "GET" : http.Method.Replace("http", string.Empty, StringComparison.OrdinalIgnoreCase);
        return new SessionManagerGenericServiceTicket
        {
            Id = world.Tickets.IssueService(call.Session, method, url),
            HostName = "127.0.0.1",
        };
    }

    private void CheckAccess(OperationCall call, UserAccount user)
    {
        lock (world.Store.Gate)
        {
            if (!world.Access.HasAny(user))
            {
                Post(new NoAccessUserEvent { IpAddress = call.Address }, user.Name, $"Cannot log in {user.Name}@{call.Address}: no permission.");
                throw Faults.NoPermission(world.Access.Root.Reference, Privileges.View);
            }
        }
    }

    private Session? Find(string key) => world.Sessions.All.FirstOrDefault(session => session.Key == key);

    private void Post(SessionEvent occurred, string userName, string message)
    {
        lock (world.Store.Gate)
        {
            world.Events.Post(occurred, userName, message);
        }
    }
}
