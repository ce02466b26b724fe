namespace Vic.Lab.Machines;

/// <summary>An operation in a guest failed.</summary>
public sealed class GuestOperationException(GuestOperationFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public GuestOperationFailure Failure { get; } = failure;
}
