using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Completion;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that works on servers: those of <c>-Server</c>, else those of the objects given, else PowerCLI's default servers, else the last one connected with
/// <c>Connect-VICServer</c>.
/// </summary>
public abstract class ServerCmdlet : VicCmdlet
{
    private const string SessionEnded = "SessionEnded";

    private readonly List<VicServer> _joined = [];

    /// <summary>
    /// The server: an object of <c>Connect-VICServer</c> or <c>Connect-VIServer</c>, or the name of one that is connected, wildcards allowed. Without it the default
    /// servers of PowerCLI, or the last one connected.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public PSObject[] Server { get; set; } = [];

    /// <summary>The servers to ask. An error is written for each that is not connected or cannot be joined.</summary>
    private protected IReadOnlyList<VicServer> SelectServers() => Choices(WriteError).Select(TryOpen).OfType<VicServer>().Distinct().ToList();

    /// <summary>The one server that the given objects come from.</summary>
    private protected VicServer SelectServer(params PSObject?[] objects)
    {
        var given = Server.Length > 0 ? [] : objects.OfType<PSObject>().SelectMany(InventoryArgument.Each).ToList();
        if (given.Select(InventoryArgument.SessionOf).FirstOrDefault(session => session is not null) is { } session)
        {
            return Note(session);
        }

        var origins = given.Select(InventoryArgument.ServerOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var choices = origins.Count == 1 ? [Origin(origins[0])] : Choices(ThrowTerminatingError);
        if (choices.Count != 1 || origins.Count > 1)
        {
            var names = origins.Count > 1 ? origins : choices.Select(choice => choice.ToString());
            Refuse("MoreThanOneServer", VicErrorKind.InvalidInput, $"There is more than one server: {string.Join(", ", names)}.", action: "Pass one with -Server.");
        }

        return Open(choices[0]);
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

    /// <summary>What a user has passed for an inventory object; what is none ends the pipeline.</summary>
    private protected InventorySelector ReadInventory(PSObject argument, string parameter)
    {
        try
        {
            return InventoryArgument.Read(argument, parameter);
        }
        catch (VicException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, argument));
            throw;
        }
    }

    /// <inheritdoc/>
    private protected override VicException Explain(Exception exception)
    {
        var error = base.Explain(exception);
        return error.ErrorId == SessionEnded && _joined.Count > 0
            ? new VicException(SessionEnded, VicErrorKind.Denied, $"The session that PowerCLI has opened on {string.Join(", ", _joined)} has ended.", exception)
            {
                RecommendedAction = "Connect again with Connect-VIServer.",
            }
            : error;
    }

    private IReadOnlyList<ServerChoice> Known() => ServerChoice.All(RunspaceState.Current, SessionState.PSVariable.GetValue);

    /// <summary>What -Server means, or the default.</summary>
    private List<ServerChoice> Choices(Action<ErrorRecord> missing)
    {
        var known = Known();
        if (Server.Length > 0)
        {
            return Server.SelectMany(argument => Resolve(argument, known, missing)).Distinct().ToList();
        }

        var sessions = known.Where(choice => choice.Session is not null).ToList();
        if (known.Count == 0)
        {
            Refuse("NotConnected", VicErrorKind.Unreachable, "There is no connection to a server.", action: "Connect with Connect-VICServer, or pass -Server.");
        }

        return sessions.Count > 0 ? sessions : [known[0]];
    }

    private ServerChoice Origin(string name)
    {
        var known = Known();
        var origin = known.FirstOrDefault(choice => choice.IsNamed(name));
        if (origin is null)
        {
            // The same id means another object on another server.
            Refuse(
                "NotConnected", VicErrorKind.Unreachable, $"The object comes from {name}, which is not connected.", name,
                known.Count == 0 ? "Connect with Connect-VICServer." : $"Connect with Connect-VICServer, or pass -Server when {known[0]} is the same server.");
        }

        return origin!;
    }

    private static List<ServerChoice> Resolve(PSObject argument, IReadOnlyList<ServerChoice> known, Action<ErrorRecord> missing)
    {
        if (argument.BaseObject is VicServer { IsConnected: true } own)
        {
            return [ServerChoice.Of(own)];
        }

        if (PowerCliSession.TryRead(argument) is { } session)
        {
            return [ServerChoice.Of(session)];
        }

        var name = Shape.ReadText(argument, "ServiceUri") is null ? argument.ToString() : Shape.ReadText(argument, "Name") ?? argument.ToString();
        var matches = known.Where(choice => choice.IsNamed(name)).ToList();
        if (matches.Count == 0)
        {
            missing(ErrorRecords.NotFound("connected server", name, known.Select(choice => choice.ToString())));
        }

        return matches;
    }

    private VicServer? TryOpen(ServerChoice choice) =>
        choice.Own is { } own ? Note(own)
        : Joined(choice.Session!) ?? (TryRun(Joining(choice.Session!), choice.ToString(), out var server) ? Remember(choice.Session!, server!) : null);

    private VicServer Open(ServerChoice choice) =>
        choice.Own is { } own ? Note(own) : Joined(choice.Session!) ?? Remember(choice.Session!, Run(Joining(choice.Session!), choice.ToString()));

    private VicServer? Joined(PowerCliSession session) =>
        RunspaceState.Current.Joined.TryGetValue(session, out var joined) && joined.IsConnected ? Note(joined) : null;

    private VicServer Remember(PowerCliSession session, VicServer server)
    {
        RunspaceState.Current.Joined[session] = server;
        return Note(server);
    }

    private VicServer Note(VicServer server)
    {
        if (!server.OwnsSession && !_joined.Contains(server))
        {
            _joined.Add(server);
        }

        return server;
    }

    private Func<IProgress<StepProgress>, CancellationToken, Task<VicServer>> Joining(PowerCliSession session)
    {
        var untrusted = ReadInvalidCertificateAction();
        return (progress, cancellationToken) =>
        {
            progress.Report(new($"Joining the session on {session}"));
            return session.JoinAsync(untrusted, progress, cancellationToken);
        };
    }

    private InvalidCertificateAction ReadInvalidCertificateAction()
    {
        if (InvokeCommand.GetCommand("Get-PowerCLIConfiguration", CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            return InvalidCertificateAction.Unset;
        }

        // One line per scope; the session's own comes first where it is set.
        return InvokeCommand.InvokeScript("Get-PowerCLIConfiguration")
            .Select(scope => Enum.TryParse<InvalidCertificateAction>(Shape.ReadText(scope, "InvalidCertificateAction"), out var action) ? action : InvalidCertificateAction.Unset)
            .FirstOrDefault(action => action != InvalidCertificateAction.Unset);
    }
}
