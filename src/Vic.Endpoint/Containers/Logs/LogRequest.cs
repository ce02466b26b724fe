namespace Vic.Endpoint.Containers.Logs;

/// <summary>What <c>docker logs</c> asks for.</summary>
public sealed record LogRequest
{
    /// <summary>Whether standard output is wanted.</summary>
    public bool Output { get; init; }

    /// <summary>Whether standard error is wanted.</summary>
    public bool Error { get; init; }

    /// <summary>Whether to go on while the container runs.</summary>
    public bool Follow { get; init; }

    /// <summary>Whether each line begins with its time.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Whether each line shows the attributes that the log keeps: none, but docker sets them apart by a space.</summary>
    public bool Details { get; init; }

    /// <summary>The number of lines from the end; null = all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only lines from this time on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only lines before this time.</summary>
    public DateTimeOffset? Until { get; init; }
}
