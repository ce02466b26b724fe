namespace Vic.Guest.Sessions;

/// <summary>A process that can no longer be reached: its virtual machine was started anew, or the session was closed.</summary>
public sealed class SessionLostException : Exception
{
    /// <summary>Creates the error.</summary>
    public SessionLostException(string message)
        : base(message)
    {
    }
}
