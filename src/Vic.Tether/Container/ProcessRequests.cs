using Vic.Configuration;
using Vic.Guest.Processes;

namespace Vic.Tether.Container;

/// <summary>Makes process requests of sessions.</summary>
internal static class ProcessRequests
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static ProcessRequest Make(ExecutorConfiguration configuration, SessionConfiguration session, ContainerRoot root)
    {
        var user = session.Group.Length > 0 && !session.User.Contains(':') ? $"{session.User}:{session.Group}" : session.User;
        var identity = ContainerRoot.Users().Resolve(user, session.SupplementaryGroups);
        List<string> arguments = session.Arguments.Count > 0 ? [.. session.Arguments] : [session.Path];
        if (session.Path.Length > 0)
            arguments[0] = session.Path;
        return new ProcessRequest
        {
            Arguments = arguments,
            Environment = Complete(session, HostNameOf(configuration), identity),
            Directory = session.WorkingDirectory.Length > 0 ? session.WorkingDirectory : "/",
            Identity = identity,
            Terminal = session.Tty,
            StandardInput = session.OpenStdin,
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
    private static List<string> Complete(SessionConfiguration session, string hostName, ProcessIdentity identity)
    {
        var environment = new List<string>(session.Environment);
        Add(DefaultPath);
        Add($"HOSTNAME={hostName}");
        if (session.Tty)
            Add("TERM=xterm");
        Add($"HOME={identity.Home}");
        return environment;

        void Add(string entry)
        {
            var name = entry[..(entry.IndexOf('=', StringComparison.Ordinal) + 1)];
            if (!environment.Exists(present => present.StartsWith(name, StringComparison.Ordinal)))
                environment.Add(entry);
        }
    }
}
