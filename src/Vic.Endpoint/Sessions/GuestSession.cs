using Vic.Endpoint.Machines;
using Vic.Guest.Sessions;

namespace Vic.Endpoint.Sessions;

/// <summary>The session of one run as the containers' side uses it.</summary>
internal sealed class GuestSession : IGuestSession
{
    /// <summary>Wraps a session whose main process has a terminal or not.</summary>
    public GuestSession(ContainerSession session, bool terminal)
    {
        Session = session;
        Main = new MainProcess(session, terminal);
    }

    /// <summary>The session itself.</summary>
    public ContainerSession Session { get; }

    /// <inheritdoc/>
    public IGuestProcess Main { get; }

    /// <inheritdoc/>
    public IGuestProcess CreateProcess(GuestCommand command) => new ExecProcess(Session, command);
}
