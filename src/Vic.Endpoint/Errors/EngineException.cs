namespace Vic.Endpoint.Errors;

/// <summary>A refusal with the message that the docker client prints after "Error response from daemon:".</summary>
public sealed class EngineException : Exception
{
    /// <summary>Makes a refusal of the given kind.</summary>
    public EngineException(EngineErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Which HTTP status the refusal becomes.</summary>
    public EngineErrorKind Kind { get; }

    /// <summary>The HTTP status code of <see cref="Kind"/>.</summary>
    public int StatusCode => Kind switch
    {
        EngineErrorKind.InvalidParameter => 400,
        EngineErrorKind.Unauthorized => 401,
        EngineErrorKind.Forbidden => 403,
        EngineErrorKind.NotFound => 404,
        EngineErrorKind.Conflict => 409,
        EngineErrorKind.NotImplemented => 501,
        EngineErrorKind.Unavailable => 503,
        _ => 500,
    };

    /// <summary>The request itself is wrong.</summary>
    public static EngineException InvalidParameter(string message) => new(EngineErrorKind.InvalidParameter, message);

    /// <summary>The named object does not exist.</summary>
    public static EngineException NotFound(string message) => new(EngineErrorKind.NotFound, message);

    /// <summary>The object is in a state that does not allow the request.</summary>
    public static EngineException Conflict(string message) => new(EngineErrorKind.Conflict, message);

    /// <summary>A virtual container host does not offer this; the message names it and says so in one sentence.</summary>
    public static EngineException NotImplemented(string message) => new(EngineErrorKind.NotImplemented, message);
}
