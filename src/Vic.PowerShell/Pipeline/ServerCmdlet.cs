using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on servers: those of <c>-Server</c>, else that of the objects given, else the last one connected.</summary>
public abstract class ServerCmdlet : VicCmdlet
{
    /// <summary>The server: an object of <c>Connect-VICServer</c> or <c>Connect-VIServer</c>, or its name. The last one connected without it.</summary>
    [Parameter]
    public PSObject[] Server { get; set; } = [];

    /// <summary>The servers to ask.</summary>
    private protected IReadOnlyList<VicServer> SelectServers()
    {
        if (Server.Length > 0)
        {
            return Server.Select(Resolve).ToList();
        }

        if (RunspaceState.Current.Servers.LastOrDefault(server => server.IsConnected) is { } last)
        {
            return [last];
        }

        var joined = PowerCliSession.Defaults(SessionState.PSVariable).Select(Join).ToList();
        if (joined.Count == 0)
        {
            Refuse("NotConnected", VicErrorKind.Unreachable, "There is no connection to a server.", action: "Connect with Connect-VICServer, or pass -Server.");
        }

        return joined;
    }

    /// <summary>The one server that the given objects come from.</summary>
    private protected VicServer SelectServer(params PSObject?[] objects)
    {
        var origin = objects.Select(item => item is null ? null : InventoryArgument.ServerOf(item)).FirstOrDefault(server => server is not null);
        if (Server.Length == 0 && origin is not null && Known(origin) is { } server)
        {
            return server;
        }

        var servers = SelectServers();
        if (servers.Count > 1)
        {
            Refuse("MoreThanOneServer", VicErrorKind.InvalidInput, $"There is more than one server: {string.Join(", ", servers)}. Pass one with -Server.");
        }

        return servers[0];
    }

    /// <summary>Refuses a bare string from the pipeline: it is far more often a mistake than a name.</summary>
    private protected void RejectPipedText(string parameter, PSObject? value)
    {
        if (MyInvocation.ExpectingInput && value?.BaseObject is string text)
        {
            Refuse(
                "TextFromPipeline", VicErrorKind.InvalidInput, $"'{text}' came through the pipeline as text. Pipe an object, or pass the name with -{parameter}.", text);
        }
    }

    private VicServer? Known(string name)
    {
        var state = RunspaceState.Current;
        return state.Servers.LastOrDefault(server => server.IsConnected && server.IsNamed(name))
            ?? PowerCliSession.Defaults(SessionState.PSVariable)
                .Where(session => name.StartsWith(session.Address.Host, StringComparison.OrdinalIgnoreCase)).Select(Join).FirstOrDefault();
    }

    private VicServer Resolve(PSObject argument)
    {
        if (argument.BaseObject is VicServer own)
        {
            return own;
        }

        if (PowerCliSession.TryRead(argument) is { } session)
        {
            return Join(session);
        }

        if (argument.BaseObject is string name && Known(name) is { } known)
        {
            return known;
        }

        ThrowTerminatingError(ErrorRecords.NotFound(
            "connected server", argument.ToString(), RunspaceState.Current.Servers.Where(server => server.IsConnected).Select(server => server.ToString())));
        throw new PipelineStoppedException();
    }

    private VicServer Join(PowerCliSession session)
    {
        var state = RunspaceState.Current;
        if (state.Joined.TryGetValue(session, out var joined) && joined.IsConnected)
        {
            return joined;
        }

        var acceptAny = AcceptsAnyCertificate();
        var server = Run(
            (progress, cancellationToken) =>
            {
                progress.Report(new($"Joining the session on {session.Address.Host}"));
                return session.JoinAsync(acceptAny, cancellationToken);
            },
            session.Address.Host);
        state.Joined[session] = server;
        return server;
    }

    private bool AcceptsAnyCertificate()
    {
        if (InvokeCommand.GetCommand("Get-PowerCLIConfiguration", CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            return false;
        }

        // One line per scope; the session's own comes first where it is set.
        var actions = InvokeCommand.InvokeScript("Get-PowerCLIConfiguration").Select(scope => Shape.ReadText(scope, "InvalidCertificateAction"));
        return actions.FirstOrDefault(action => action is not (null or "Unset")) is "Ignore" or "Warn";
    }
}
