using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Images;

namespace Vic.Endpoint.Containers.Creation;

/// <summary>Joins what an image says with what the user says, by docker's rules (moby's <c>runconfig</c> merge).</summary>
internal static class ConfigMerge
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The configuration of a new container.</summary>
    public static ContainerConfig Merge(ContainerConfig asked, ImageConfiguration image)
    {
        var (entrypoint, command) = MergeCommand(asked, image);
        if ((entrypoint?.Count ?? 0) + (command?.Count ?? 0) == 0)
        {
            throw EngineException.InvalidParameter("No command specified");
        }

        var config = asked with
        {
            User = asked.User.Length > 0 ? asked.User : image.User,
            ExposedPorts = MergePorts(asked.ExposedPorts, image.ExposedPorts),
            Env = MergeEnvironment(asked.Env ?? [], image.Environment),
            Cmd = command,
            Entrypoint = entrypoint,
            WorkingDir = asked.WorkingDir.Length > 0 ? asked.WorkingDir : image.WorkingDirectory,
            Volumes = image.Volumes.Count == 0 ? null : ToSet(image.Volumes),
            OnBuild = asked.OnBuild,
            Labels = MergeLabels(asked.Labels, image.Labels),
            StopSignal = !string.IsNullOrEmpty(asked.StopSignal) ? asked.StopSignal : image.StopSignal.Length > 0 ? image.StopSignal : null,
            Shell = asked.Shell ?? image.Shell?.ToList(),
        };
        Validate(config);
        return config;
    }

    /// <summary>The environment of the process: docker adds PATH, HOSTNAME, HOME and, with a terminal, TERM unless they are set.</summary>
    public static IReadOnlyList<string> ProcessEnvironment(ContainerConfig config, IEnumerable<string>? added = null, bool? terminal = null)
    {
        var environment = new List<string>();
        environment.AddRange([DefaultPath, $"HOSTNAME={config.Hostname}"]);
        if (terminal ?? config.Tty)
        {
            environment.Add("TERM=xterm");
        }

        return Override(Override(environment, config.Env ?? []), added ?? []);
    }

    private static (List<string>? Entrypoint, List<string>? Command) MergeCommand(ContainerConfig asked, ImageConfiguration image)
    {
        // --entrypoint "" reaches us as [""] and drops the image's entry point and command.
        if (asked.Entrypoint is [""])
        {
            return (null, asked.Cmd);
        }

        if (asked.Entrypoint is { Count: > 0 })
        {
            return (asked.Entrypoint, asked.Cmd);
        }

        return (image.Entrypoint?.ToList(), asked.Cmd is { Count: > 0 } ? asked.Cmd : image.Command?.ToList());
    }

    private static List<string> MergeEnvironment(IReadOnlyList<string> asked, IReadOnlyList<string> image)
    {
        foreach (var variable in asked)
        {
            if (variable.Length == 0 || variable[0] == '=')
            {
                throw EngineException.InvalidParameter($"invalid environment variable: {variable}");
            }
        }

        var names = asked.Select(NameOf).ToHashSet(StringComparer.Ordinal);

        // A name without a value removes the image's variable.
        return [.. asked.Where(variable => variable.Contains('=', StringComparison.Ordinal)), .. image.Where(variable => !names.Contains(NameOf(variable)))];
    }

    private static List<string> Override(List<string> environment, IEnumerable<string> changes)
    {
        foreach (var change in changes)
        {
            var name = NameOf(change);
            var index = environment.FindIndex(variable => NameOf(variable) == name);
            if (!change.Contains('=', StringComparison.Ordinal))
            {
                if (index >= 0)
                {
                    environment.RemoveAt(index);
                }
            }
            else if (index >= 0)
            {
                environment[index] = change;
            }
            else
            {
                environment.Add(change);
            }
        }

        return environment;
    }

    private static string NameOf(string variable)
    {
        var equals = variable.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? variable : variable[..equals];
    }

    private static SortedDictionary<string, EmptyObject>? MergePorts(SortedDictionary<string, EmptyObject>? asked, IReadOnlyList<string> image)
    {
        var ports = ToSet([.. asked?.Keys ?? Enumerable.Empty<string>(), .. image.Select(port => port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp")]);
        return ports.Count == 0 ? null : ports;
    }

    private static SortedDictionary<string, EmptyObject> ToSet(IReadOnlyList<string> keys)
    {
        var set = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            set[key] = new EmptyObject();
        }

        return set;
    }

    private static SortedDictionary<string, string> MergeLabels(SortedDictionary<string, string>? asked, IReadOnlyDictionary<string, string> image)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in image.Concat(asked ?? []))
        {
            labels[name] = value;
        }

        return labels;
    }

    private static void Validate(ContainerConfig config)
    {
        if (config.StopSignal is { } signal)
        {
            _ = Signals.Parse(signal);
        }

        if (config.WorkingDir.Length > 0 && config.WorkingDir[0] != '/')
        {
            throw EngineException.InvalidParameter($"the working directory '{config.WorkingDir}' is invalid, it needs to be an absolute path");
        }
    }
}
