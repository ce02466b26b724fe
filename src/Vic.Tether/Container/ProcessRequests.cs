using Vic.Configuration;
using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Tether.Container;

/// <summary>Makes process requests of sessions.</summary>
internal static class ProcessRequests
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The main process.</summary>
    public static ProcessRequest ForMain(ExecutorConfiguration configuration, SessionConfiguration session, ContainerRoot root)
    {
        var identity = Resolve(session, session.User);
        List<string> arguments = session.Arguments.Count > 0 ? [.. session.Arguments] : [session.Path];
        if (session.Path.Length > 0)
            arguments[0] = session.Path;
        return new ProcessRequest
        {
            Arguments = arguments,
            Environment = Complete(session.Environment, session.Tty, HostNameOf(configuration), identity),
            Directory = session.WorkingDirectory.Length > 0 ? session.WorkingDirectory : "/",
            Identity = identity,
            Terminal = session.Tty,
            StandardInput = session.OpenStdin,
            Namespace = root.Namespace,
        };
    }

    /// <summary>A further process: what its request leaves open is as for the main process.</summary>
    public static ProcessRequest Further(
        ExecutorConfiguration configuration,
        SessionConfiguration session,
        ExecuteRequest request,
        ContainerRoot root)
    {
        var identity = Resolve(session, request.User.Length > 0 ? request.User : session.User);
        var directory = request.WorkingDirectory.Length > 0 ? request.WorkingDirectory : session.WorkingDirectory;
        return new ProcessRequest
        {
            Arguments = request.Arguments,
            Environment = Complete([.. session.Environment, .. request.Environment], request.Tty, HostNameOf(configuration), identity),
            Directory = directory.Length > 0 ? directory : "/",
            Identity = identity,
            Terminal = request.Tty,
            StandardInput = request.OpenStdin,
            Namespace = root.Namespace,
        };
    }

    /// <summary>The configured name, or the short form of the container's id.</summary>
    public static string HostNameOf(ExecutorConfiguration configuration)
    {
        const int ShortIdLength = 12;
        return configuration.HostName.Length > 0
            ? configuration.HostName
            : configuration.Id[..Math.Min(configuration.Id.Length, ShortIdLength)];
    }

    /// <summary>Adds what docker gives every process, unless the image or the user has set it.</summary>
    private static List<string> Complete(IEnumerable<string> configured, bool terminal, string hostName, ProcessIdentity identity)
    {
        // Of two values for one name the later counts.
        var environment = configured.GroupBy(NameOf, StringComparer.Ordinal).Select(values => values.Last()).ToList();
        Add(DefaultPath);
        Add($"HOSTNAME={hostName}");
        if (terminal)
            Add("TERM=xterm");
        Add($"HOME={identity.Home}");
        return environment;

        void Add(string entry)
        {
            if (!environment.Exists(present => NameOf(present) == NameOf(entry)))
                environment.Add(entry);
        }
    }

    private static string NameOf(string entry) => entry.Split('=', 2)[0];

    private static ProcessIdentity Resolve(SessionConfiguration session, string user)
    {
        var withGroup = session.Group.Length > 0 && !user.Contains(':') ? $"{user}:{session.Group}" : user;
        return ContainerRoot.Users().Resolve(withGroup, session.SupplementaryGroups);
    }
}
