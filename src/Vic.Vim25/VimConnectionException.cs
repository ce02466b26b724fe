namespace Vic.Vim25;

/// <summary>The server could not be reached, did not answer in time, or answered with something other than vim25.</summary>
public sealed class VimConnectionException : VimException
{
    /// <summary>Creates the error.</summary>
    public VimConnectionException(Uri server, string message, Exception? innerException = null)
        : base(message, innerException) => Server = server;

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>The method that was called, or null.</summary>
    public string? MethodName { get; init; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? StatusCode { get; init; }
}
