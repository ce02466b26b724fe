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
        table.AddAnonymous<CloneSessionRequest>(CloneSession);
        table.Add<LogoutRequest, ServiceObject>(Logout);
        table.Add<SessionIsActiveRequest, ServiceObject>((_, _, request)
            => world.Sessions.All.Any(session => session.Key == request.SessionID && session.UserName == request.UserName));
        table.Add<TerminateSessionRequest, ServiceObject>(Terminate);
        table.Add<AcquireCloneTicketRequest, ServiceObject>((call, _, _) => world.Sessions.IssueCloneTicket(call.Session));
        table.Add<AcquireGenericServiceTicketRequest, ServiceObject>(AcquireServiceTicket);
    }

    private object? Login(OperationCall call, LoginRequest request)
    {
        if (!world.Sessions.Accepts(request.UserName, request.Password))
        {
            throw Faults.InvalidLogin();
        }

        return Open(call, request.UserName);
    }

    private object? CloneSession(OperationCall call, CloneSessionRequest request)
        => Open(call, world.Sessions.RedeemCloneTicket(request.CloneTicket) ?? throw Faults.InvalidLogin());

    private UserSession Open(OperationCall call, string userName)
    {
        var session = world.Sessions.Open(userName, call.Address, call.UserAgent)
            ?? throw Faults.InvalidState("There are too many sessions.");
        call.ChangeSession(session);
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

            world.Sessions.Close(world.Sessions.All.FirstOrDefault(session => session.Key == key)
                ?? throw Faults.NotFound($"The session {key}"));
        }

        return null;
    }

    private object? AcquireServiceTicket(OperationCall call, ServiceObject target, AcquireGenericServiceTicketRequest request)
    {
        if (request.Spec is not SessionManagerHttpServiceRequestSpec { Url.Length: > 0 and < ServiceTicketUrlLimit } http)
        {
            throw Faults.InvalidArgument("spec", "A ticket is for one HTTP request.");
        }

        var method = string.IsNullOrEmpty(http.Method) ? "GET" : http.Method.Replace("http", string.Empty, StringComparison.OrdinalIgnoreCase);
        return new SessionManagerGenericServiceTicket
        {
            Id = world.Sessions.IssueServiceTicket(call.Session, method, http.Url),
            HostName = "127.0.0.1",
        };
    }
}
