namespace Vic.Oci.Manifests;

/// <summary>The part of an image's configuration that containers take over. A null list was absent, or null, in the image.</summary>
public sealed record ContainerDefaults
{
    /// <summary>The user and group that processes run as.</summary>
    public string? User { get; init; }

    /// <summary>The ports that the image serves, as <c>80/tcp</c>.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>The environment, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The command that always runs.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The command, or the entry point's arguments.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>The paths that should be volumes.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }

    /// <summary>The directory that the command starts in.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>The image's labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The signal that asks the command to end.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long the command may take to end, in seconds.</summary>
    public int? StopTimeout { get; init; }

    /// <summary>The shell that the image was built with.</summary>
    public IReadOnlyList<string>? Shell { get; init; }

    /// <summary>Steps for images built on this one.</summary>
    public IReadOnlyList<string>? OnBuild { get; init; }

    /// <summary>How to test whether the container is well.</summary>
    public HealthCheck? Healthcheck { get; init; }

    /// <summary>Whether the command wants a terminal.</summary>
    public bool? Tty { get; init; }

    /// <summary>Whether the command wants an open standard input.</summary>
    public bool? OpenStdin { get; init; }

    /// <summary>Whether the arguments are escaped already (images for Windows).</summary>
    public bool? ArgsEscaped { get; init; }
}
