using Vic.Endpoint.Api.Streams;

namespace Vic.Endpoint.Containers.Attach;

/// <summary>What a client wants of a process's streams.</summary>
public sealed record AttachRequest
{
    /// <summary>Whether what the client types goes to the process.</summary>
    public bool Input { get; init; }

    /// <summary>Whether the client gets standard output.</summary>
    public bool Output { get; init; }

    /// <summary>Whether the client gets standard error.</summary>
    public bool Error { get; init; }

    /// <summary>Whether the process sees the end of its input when this client's ends.</summary>
    public bool CloseInput { get; init; }

    /// <summary>The keys that detach; null without a terminal.</summary>
    public DetachKeys? DetachKeys { get; init; }
}
