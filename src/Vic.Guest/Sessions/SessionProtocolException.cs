namespace Vic.Guest.Sessions;

/// <summary>A peer that says what the protocol does not allow. The connection ends; the session may be resumed over another.</summary>
public sealed class SessionProtocolException : Exception
{
    /// <summary>Creates the error.</summary>
    public SessionProtocolException(string message)
        : base(message)
    {
    }
}
