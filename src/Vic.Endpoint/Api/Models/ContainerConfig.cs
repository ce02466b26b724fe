using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The configuration of a container that does not depend on its host (API definition <c>ContainerConfig</c>).</summary>
public sealed record ContainerConfig
{
    /// <summary>Host name.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Domain name.</summary>
    public string Domainname { get; init; } = "";

    /// <summary>User, <c>name[:group]</c> or numbers.</summary>
    public string User { get; init; } = "";

    /// <summary>Whether the creator attaches to standard input.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>Whether the creator attaches to standard output.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>Whether the creator attaches to standard error.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>Ports such as <c>80/tcp</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SortedDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>Whether the process gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether the process's input is kept open.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether the input ends with the first client that leaves.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Variables, <c>NAME=value</c>.</summary>
    public List<string>? Env { get; init; }

    /// <summary>Command or arguments.</summary>
    [JsonConverter(typeof(StringOrListConverter))]
    public List<string>? Cmd { get; init; }

    /// <summary>The image as the user named it.</summary>
    public string Image { get; init; } = "";

    /// <summary>Paths that want a volume.</summary>
    public SortedDictionary<string, EmptyObject>? Volumes { get; init; }

    /// <summary>Working directory.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>What stands before the command.</summary>
    [JsonConverter(typeof(StringOrListConverter))]
    public List<string>? Entrypoint { get; init; }

    /// <summary>Whether the container has no network.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool? NetworkDisabled { get; init; }

    /// <summary>Instructions for a build on top.</summary>
    public List<string>? OnBuild { get; init; }

    /// <summary>Labels.</summary>
    public SortedDictionary<string, string>? Labels { get; init; }

    /// <summary>The signal that stops the process.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? StopSignal { get; init; }

    /// <summary>Seconds that a stop waits before it kills.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? StopTimeout { get; init; }

    /// <summary>The shell of the build's shell form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public List<string>? Shell { get; init; }
}
