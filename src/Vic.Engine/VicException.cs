namespace Vic.Engine;

/// <summary>
/// An error that the engine explains: a stable id that scripts may test for, what happened, and what to do about it.
/// </summary>
public class VicException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">A stable identifier in PascalCase.</param>
    /// <param name="kind">The sort of obstacle.</param>
    /// <param name="message">What happened, in one or two sentences, without secrets.</param>
    /// <param name="innerException">The cause, when another exception is one.</param>
    public VicException(string errorId, VicErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>A stable identifier in PascalCase, the same in every release.</summary>
    public string ErrorId { get; }

    /// <summary>The sort of obstacle.</summary>
    public VicErrorKind Kind { get; }

    /// <summary>What the user can do, as one sentence; null when the message says it already.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The name or object that the error is about.</summary>
    public object? Target { get; init; }
}
