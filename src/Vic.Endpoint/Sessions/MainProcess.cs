using Vic.Guest.Sessions;

namespace Vic.Endpoint.Sessions;

/// <summary>The container's main process, which waits in the guest until it is let run.</summary>
internal sealed class MainProcess : SessionProcess
{
    private readonly ContainerSession _session;

    public MainProcess(ContainerSession session, bool terminal)
        : base(terminal)
    {
        _session = session;
        Attach(session.Main);
    }

    protected override Task LaunchAsync(CancellationToken cancellationToken) => _session.StartAsync(cancellationToken);
}
