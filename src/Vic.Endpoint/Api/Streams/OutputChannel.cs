namespace Vic.Endpoint.Api.Streams;

/// <summary>Which of a process's outputs; the values are those of docker's stream header.</summary>
public enum OutputChannel
{
    /// <summary>Input echoed by a client; never sent.</summary>
    None = 0,

    /// <summary>Standard output, and everything of a terminal.</summary>
    StandardOutput = 1,

    /// <summary>Standard error.</summary>
    StandardError = 2,

    /// <summary>What the engine itself has to say; the client ends with it.</summary>
    EngineError = 3,
}
