namespace Vic.Endpoint.Images;

/// <summary>The part of an image's configuration that containers inherit (the OCI image specification's <c>config</c>).</summary>
public sealed record ImageConfiguration
{
    /// <summary>The user, <c>name[:group]</c> or numbers.</summary>
    public string User { get; init; } = "";

    /// <summary>Variables, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>What stands before the command; null = none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The default command or arguments; null = none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The working directory; empty = the root.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Paths that want a volume.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Ports such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The signal that stops the process; empty = SIGTERM.</summary>
    public string StopSignal { get; init; } = "";

    /// <summary>The shell of the build's shell form; null = the default.</summary>
    public IReadOnlyList<string>? Shell { get; init; }

    /// <summary>Instructions for a build on top of this image; null = none.</summary>
    public IReadOnlyList<string>? OnBuild { get; init; }
}
