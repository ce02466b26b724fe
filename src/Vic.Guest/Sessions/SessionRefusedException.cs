namespace Vic.Guest.Sessions;

/// <summary>A handshake that did not come to an agreement: an unknown container, a wrong key, or no session protocol at all.</summary>
public sealed class SessionRefusedException : Exception
{
    /// <summary>Creates the error.</summary>
    public SessionRefusedException(string message)
        : base(message)
    {
    }
}
